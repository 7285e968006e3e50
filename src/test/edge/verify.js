// Reads a JSON list of inputs for verifyPass from standard input and writes the list of results.
import {readFileSync} from 'node:fs';
import {webcrypto} from 'node:crypto';
import {verifyPass} from '../../main/edge/verify-pass.js';

globalThis.crypto ??= webcrypto; // Node.js 18 has no global crypto
const inputs = JSON.parse(readFileSync(0, 'utf8'));
console.log(JSON.stringify(await Promise.all(inputs.map(verifyPass))));
