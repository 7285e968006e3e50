/** Export and erasure of purchases. */
package dev.gatefold.subscriptions.personaldata;
