export const texts = {
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
  states: {
    SUCCESS: { title: 'Paid', text: 'The merchant is being told.' },
    FAILED: { title: 'Declined', text: 'Nothing was paid.' },
    CLOSED: {
      title: 'This order is closed',
      text: 'It was not paid in time. Go back to the merchant and start again.',
    },
  },
  unknown: 'There is no such payment',
  unknownText: 'The link is not complete, or the order is gone. Go back to the merchant and start again.',
} as const
