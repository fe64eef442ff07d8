import { inLanguage } from '../../language.ts'
import { zh } from './texts.zh.ts'

const en = {
  title: 'Test Wallet',
  testOnly: 'Sandbox: no money moves.',
  payTo: 'Pay to',
  payWith: 'Pay with',
  validUntil: 'Valid until',
  payNow: 'Pay Now',
  decline: 'Decline',
  back: 'Back to the merchant',
  leaving: 'You are sent back to the merchant.',
  closeWindow: 'You can close this page.',
  processing: { title: 'The wallet is working', text: 'The payment is in process. The outcome shows here.' },
  states: {
    SUCCESS: { title: 'Paid', text: 'The merchant is being told.' },
    FAILED: { title: 'Declined', text: 'Nothing was paid.' },
    CLOSED: {
      title: 'This order is closed',
      text: 'It was not paid in time. Go back to the merchant and start again.',
    },
    CANCELLED: { title: 'Cancelled by the merchant', text: 'What was paid is given back.' },
    PARTIALLY_REFUNDED: { title: 'Paid, partly refunded', text: 'A part of it was given back.' },
    REFUNDED: { title: 'Refunded', text: 'All of it was given back.' },
  },
  failures: {
    USER_BALANCE_NOT_ENOUGH: 'The balance is not enough. Nothing was paid.',
    USER_AMOUNT_EXCEED_LIMIT: 'The amount is above your limit. Nothing was paid.',
    USER_STATUS_ABNORMAL: 'This account cannot pay. Nothing was paid.',
    USER_NOT_EXIST: 'There is no such account. Nothing was paid.',
    USER_KYC_NOT_QUALIFIED: 'Identify yourself in the wallet first. Nothing was paid.',
    RISK_REJECT: 'The payment was refused for risk. Nothing was paid.',
    PROCESS_FAIL: 'The payment failed. Nothing was paid.',
  },
  failed: 'Not paid',
  unknown: 'There is no such payment',
  unknownText: 'The link is not complete, or the order is gone. Go back to the merchant and start again.',

  code: 'Payment code',
  codeImage: 'The payment code as a QR code',
  codeLeft: (seconds: number) => `${seconds} s left`,
  codeComes: 'A code is on its way.',
  codeOver: 'The code was used, or its minute is over.',
  newCode: 'Show a new code',
  noCodes: 'This application does not read payment codes. Online orders open here by their payment link.',
  confirmOrder: 'Please confirm this payment',
  lastPayments: 'Last payments',
  noPayments: 'Nothing has been paid yet.',
  words: {
    PAYING: 'In process',
    SUCCESS: 'Paid',
    FAILED: 'Not paid',
    CLOSED: 'Closed',
    CANCELLED: 'Cancelled',
    PARTIALLY_REFUNDED: 'Partly refunded',
    REFUNDED: 'Refunded',
  },
  unknownWallet: 'There is no such wallet',
  unknownWalletText:
    'The link is not complete, or the application was deleted. Copy the link from the sandbox settings.',
}

export const texts = inLanguage({ en, zh })
