// What a good partner does where somebody could do it wrong: a line each. The acceptance tests look for them. `BREAK=verifiesAnswers`
// leaves one out, so that you can see which case fails and what its verdict says; several are separated by commas.
export const habits = {
  verifiesAnswers: true, // an answer whose signature does not verify is not believed
  verifiesNotifications: true, // nor is a notification
  signsAcknowledgements: true, // the answer to a notification is signed
  acknowledgesAgain: true, // a notification that is known already is acknowledged all the same
  inquiresUnknown: true, // what is in process is inquired until it is final, and not given up
  cancelsUnanswered: true, // a payment without an answer is cancelled, and not made a second time
  repeatsUnchanged: true, // a call is repeated as it was
  leavesFailedAlone: true, // what failed is not paid again under its id
  leavesCancelledAlone: true, // what was cancelled is not refunded
  refundsInCurrencyOfPayment: true, // and in no other
  namesEachRefund: true, // every part that is given back has an id of its own
  stopsAtRefundLimit: true, // a refund that was too large is not tried again
}

for (const name of (process.env.BREAK ?? '').split(',').filter(Boolean)) {
  if (!(name in habits)) throw new Error(`BREAK names no habit: ${name}. There are: ${Object.keys(habits).join(', ')}`)
  habits[name] = false
}
