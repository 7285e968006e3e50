// Reads questions to the verifier from the standard input, as a list, and writes its answers.
import {readFileSync} from 'node:fs';
import {webcrypto} from 'node:crypto';
import {verifyPass} from '../../main/edge/verify-pass.js';

globalThis.crypto ??= webcrypto; // node 18
const questions = JSON.parse(readFileSync(0, 'utf8'));
console.log(JSON.stringify(await Promise.all(questions.map(verifyPass))));
