/**
 * The HTTP concerns that all endpoints share: authentication, rate limits, CORS, body limits, problem documents, conditional
 * requests, and the OpenAPI document. Owns no table. Contains no path, header or setting of a higher module: resources
 * declare how their requests are handled by the annotations in {@link dev.gatefold.web.endpoint}.
 *
 * <p>A request passes the filters in the order of their priority: tracing (1000), request id (500), body limit (400), origin
 * (310), authentication (200), rate limit (190); then Jakarta REST calls the endpoint.
 */
package dev.gatefold.web;
