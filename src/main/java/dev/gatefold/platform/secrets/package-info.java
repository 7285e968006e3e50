/** Settings from secret files, which may change while the service runs. */
package dev.gatefold.platform.secrets;
