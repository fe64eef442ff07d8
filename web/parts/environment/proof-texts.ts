import { KEY_PROOF } from '../../../rules/limits.ts'
import { inLanguage } from '../../language.ts'

const en = {
  proof: (version: number) => `Prove version ${version}`,
  proofLead: 'Sign this text with the private key of the pair, and submit the signature. It works once.',
  proofText: 'Text to sign',
  proofUntil: 'Valid until',
  proofCommand: 'With openssl',
  proofCommandNote: 'put the path of your private key',
  proofOver: `The text is valid for ${KEY_PROOF.seconds / 60} minutes, and its time is over.`,
  newText: 'Get a new text',
  signHere: 'Sign in this browser',
  signHereWhy: 'Choose the file of the private key. It is read by this page only, and never sent.',
  signHereImpossible: 'This browser signs on https and localhost only.',
  privateKeyFile: 'Private key file',
  signUnreadable: 'This file is no private RSA key in PKCS#8 or PKCS#1 without a passphrase. Use the command above.',
  signature: 'Signature',
  signatureRule: 'Base64, with line breaks or without.',
  signatureNeeded: 'Enter the signature.',
  prove: 'Submit the signature',
  provedNow: 'The key is proved and active.',
}
const zh: typeof en = {
  proof: (version: number) => `证明第 ${version} 版`,
  proofLead: '请用这对密钥的私钥签名此文本，并提交签名。文本只能使用一次。',
  proofText: '待签名的文本',
  proofUntil: '有效期至',
  proofCommand: '使用 openssl',
  proofCommandNote: '请填写私钥的路径',
  proofOver: `文本的有效期为 ${KEY_PROOF.seconds / 60} 分钟，现已过期。`,
  newText: '获取新的文本',
  signHere: '在此浏览器中签名',
  signHereWhy: '请选择私钥文件。它只由此页面读取，不会发送。',
  signHereImpossible: '此浏览器只在 https 和 localhost 上签名。',
  privateKeyFile: '私钥文件',
  signUnreadable: '该文件不是无口令的 PKCS#8 或 PKCS#1 格式 RSA 私钥。请使用上面的命令。',
  signature: '签名',
  signatureRule: 'Base64，可以换行。',
  signatureNeeded: '请输入签名。',
  prove: '提交签名',
  provedNow: '公钥已证明并生效。',
}

export const proofTexts = inLanguage({ en, zh })
