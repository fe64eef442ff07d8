/**
 * Every refusal of the console API: code → status, title, remedy. A code is stable for ever; clients may branch on it.
 * The title is one sentence for the person; the remedy says what would be right.
 */
import type { PartnerPermission, PartnerRole, StaffPermission, StaffRole } from './roles.ts'

export const REFUSALS = {
  // ── the kernel ────────────────────────────────────────────────────────────────────────────────────────────────────────
  'request.not_json': [415, 'The request is not JSON.', 'Send the body with Content-Type: application/json.'],
  'request.malformed': [400, 'The body is not well-formed JSON.', 'Send one JSON object in UTF-8.'],
  'request.invalid': [422, 'Some values are not right.', 'Correct the values that are named, and send again.'],
  'request.too_large': [413, 'The request is too large.', 'Send a smaller body.'],
  'request.url_too_long': [414, 'The address is too long.', 'Use an address of at most 8,192 characters.'],
  'request.foreign_origin': [403, 'The request did not come from this site.', 'Use the console at its own address.'],
  'request.too_many': [429, 'Too many requests.', 'Wait a minute and try again.'],
  'request.private_key': [
    422,
    'The request holds a private key. It was not stored.',
    'Replace this pair now, wherever it is in use: a private key that has left its owner is worth nothing any more.',
  ],
  'session.missing': [401, 'You are not logged in.', 'Log in and try again.'],
  'session.proof_needed': [
    403,
    'Please confirm that it is you.',
    'Enter your password; then the action is open for five minutes.',
  ],
  'session.other_organisation': [
    409,
    'Another window of your browser has gone over to another organisation.',
    'Reload the page, and switch back at the top left if you mean the one before.',
  ],
  'permission.missing': [
    403,
    'Your roles do not allow this.',
    'Ask a colleague who has one of the roles that are named.',
  ],
  'thing.not_found': [404, 'This was not found.', 'Check the address; it may have been deleted.'],
  'server.failed': [500, 'Something went wrong on our side.', 'Try again; if it stays, tell support the request id.'],
  'server.busy': [503, 'The server is busy.', 'Try again in a few seconds.'],

  // ── accounts ──────────────────────────────────────────────────────────────────────────────────────────────────────────
  'account.wrong_credentials': [401, 'E-mail or password is not right.', 'Check both, or reset the password.'],
  'account.too_many_tries': [429, 'Too many attempts to log in.', 'Wait 30 minutes, or reset the password.'],
  'account.password_too_short': [422, 'The password is too short.', 'Use at least 15 characters; a sentence is good.'],
  'account.password_too_long': [422, 'The password is too long.', 'Use at most 128 characters.'],
  'account.password_guessable': [
    422,
    'The password is too easy to guess.',
    'Use several words that do not belong together, or let a password manager choose.',
  ],
  'account.wrong_password': [403, 'The password is not right.', 'Enter the password that you log in with.'],
  'account.already_disabled': [409, 'This account is disabled already.', 'Reload the page.'],
  'account.not_disabled': [409, 'This account is not disabled.', 'Reload the page.'],
  'startup.unknown': [
    410,
    'This start-up link is not valid any more.',
    'Use the staff:add command on the server, or start the server anew while there is no staff.',
  ],
  'activation.unknown': [
    410,
    'This activation link is not valid any more.',
    'Ask your solution architect to send a new one.',
  ],
  'reset.not_started': [409, 'No password reset is under way in this browser.', 'Enter your e-mail address first.'],
  'reset.too_soon': [429, 'A code was sent a moment ago.', 'Wait 60 seconds before asking for another.'],
  'reset.wrong_code': [
    422,
    'The code is not right, or not valid any more.',
    'Enter the newest code that you received, or ask for a new one.',
  ],
  'reset.not_verified': [409, 'The code has not been entered yet.', 'Enter the code from the mail first.'],

  // ── partners ──────────────────────────────────────────────────────────────────────────────────────────────────────────
  'partner.name_taken': [
    409,
    'A partner with this name exists already.',
    'Choose another name, or open the existing partner.',
  ],
  'partner.address_not_in_nda': [
    422,
    'This address did not sign the NDA of this partner.',
    'Use one of the NDA addresses.',
  ],
  'partner.account_exists': [
    409,
    'This address has an account with this partner already.',
    'Use another NDA address, or send the activation again.',
  ],
  'partner.account_elsewhere': [
    409,
    'This address belongs to a member of staff.',
    'Staff cannot be members of a partner; use another address.',
  ],
  'partner.account_active': [409, 'This account is active already.', 'The person can log in, or reset the password.'],

  // ── members ───────────────────────────────────────────────────────────────────────────────────────────────────────────
  'member.present': [409, 'This person is a member already.', 'Change the roles of the member instead.'],
  'member.last_admin': [
    409,
    'The last active Developer Admin must stay.',
    'Give another active member the role Developer Admin first.',
  ],
  'invitation.unknown': [
    410,
    'This invitation is not valid any more.',
    'Ask the colleague who invited you to send it again.',
  ],
  'invitation.too_many': [
    429,
    'Your organisation has sent 100 invitations within a day.',
    'Go on tomorrow, or ask your solution architect.',
  ],
  'invitation.too_many_to_address': [
    429,
    'This address has been sent enough invitations for a day.',
    'Go on tomorrow, or leave it out; your organisation can send five a day to one address.',
  ],
  'invitation.closed': [409, 'This invitation was accepted or withdrawn.', 'Send a new invitation.'],

  // ── applications ──────────────────────────────────────────────────────────────────────────────────────────────────────
  'application.name_taken': [
    409,
    'An application with this name exists already.',
    'Choose a name that no other application of your organisation has.',
  ],
  'application.too_many': [409, 'Your organisation has 100 applications.', 'Delete one that is not needed any more.'],
  'application.wrong_partner_type': [
    422,
    'Your organisation is not contracted for this partner type.',
    'Choose one of the types that are offered.',
  ],
  'application.launched': [
    409,
    'A launched application cannot be deleted.',
    'Ask your solution architect to take it off line first.',
  ],
  'application.name_differs': [422, 'The name does not match.', 'Type the name of the application exactly.'],
  'application.name_reused': [
    409,
    'Another application has this name now.',
    'Rename or delete the other one, then restore this one.',
  ],
  'product.present': [409, 'The application has this product already.', 'Choose another product.'],
  'product.absent': [404, 'The application does not have this product.', 'Reload the page.'],
  'product.last': [409, 'The last product cannot be removed.', 'Add another product first.'],
  'product.launched': [
    409,
    'A launched product cannot be removed.',
    'Ask your solution architect to take the application off line first.',
  ],

  // ── keys ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
  'key.empty': [422, 'There is no key in the text.', 'Paste the public key, or upload its file.'],
  'key.private': [
    422,
    'This is a private key. It was not stored.',
    'Never send it to anyone: replace the pair, and paste the public key only.',
  ],
  'key.certificate': [
    422,
    'This is a certificate, not a public key.',
    'Extract the public key: openssl x509 -pubkey -noout -in cert.pem',
  ],
  'key.certificate_request': [
    422,
    'This is a request for a certificate, not a public key.',
    'Extract the public key: openssl req -pubkey -noout -in request.csr',
  ],
  'key.openssh': [422, "This is a key in OpenSSH's own format.", 'Convert it: ssh-keygen -e -m PKCS8 -f key.pub'],
  'key.several': [422, 'There is more than one key in the text.', 'Paste one public key, and nothing else.'],
  'key.truncated': [422, 'The key is not complete.', 'Copy it again from the first to the last character.'],
  'key.unreadable': [
    422,
    'This is not a public key that can be read.',
    'Use RSA as PEM or base64, PKCS#1 or SubjectPublicKeyInfo.',
  ],
  'key.not_rsa': [422, 'This is not an RSA key.', 'Make an RSA key of 2048 bits.'],
  'key.too_short': [422, 'The key is too short.', 'Use an RSA key of 2048 to 4096 bits.'],
  'key.too_long': [422, 'The key is too long.', 'Use an RSA key of 2048 to 4096 bits.'],
  'key.wrong_exponent': [422, 'The public exponent is not 65537.', 'Make the key with the exponent 65537.'],
  'key.weak': [422, 'The key can be factored.', 'Make a new pair with a well-known tool.'],
  'key.center': [
    422,
    "This is the network's own public key.",
    'Paste the public key of your own pair; this one is for checking our answers.',
  ],
  'key.in_use': [
    409,
    'This key is registered already.',
    'Make a pair of its own for each application and environment.',
  ],

  // ── notification URLs ─────────────────────────────────────────────────────────────────────────────────────────────────
  'url.malformed': [422, 'This is not a complete URL.', 'Enter a URL such as https://api.example.com/notify.'],
  'url.not_https': [
    422,
    'The URL must begin with https://.',
    'Use https; http is allowed for loopback in development only.',
  ],
  'url.credentials': [
    422,
    'The URL holds a user name or password.',
    'Remove them: notifications are proved by their signature.',
  ],
  'url.port': [422, 'This port is not allowed.', 'Use port 443 or 8443.'],
  'url.not_public': [
    422,
    'The URL does not lead to a public address.',
    'Use a host name whose addresses are all public.',
  ],
  'url.not_relay': [
    422,
    'This is not a URL of the relay.',
    'Write relay: and the path that is called on your machine, such as relay:/notify.',
  ],
  'url.not_inbox': [
    422,
    'This is not a URL of the inbox.',
    'Write inbox: and the path that is to be signed, such as inbox:/notify.',
  ],
  'url.not_applicable': [422, 'No product of the application sends this notification.', 'Add the product first.'],

  // ── delivery of notifications ─────────────────────────────────────────────────────────────────────────────────────────
  'endpoint.not_paused': [409, 'This endpoint is not paused.', 'Reload the page; a colleague may have resumed it.'],
  'resend.nothing_matches': [409, 'No notification matches any more.', 'Change the search or the filter.'],
  'resend.under_way': [409, 'Notifications are being sent again already.', 'Wait until that has ended, and try again.'],

  // ── the inbox ─────────────────────────────────────────────────────────────────────────────────────────────────────────
  'inbox.own_url': [422, 'This URL leads to the inbox again.', 'Name the URL of your server.'],
  'inbox.no_url': [
    409,
    'No URL of a server is set for this notification.',
    'Name one, or set it on the sandbox settings.',
  ],
  'inbox.not_sendable': [
    409,
    'This call was a question of the network, or the notification is no longer in the log.',
    'Send its body with iNotify, where there is a notification of that name.',
  ],

  // ── the Signature Doctor ──────────────────────────────────────────────────────────────────────────────────────────────
  'diagnosis.not_refused': [
    409,
    'The signature of this call was not refused.',
    'Open a call whose signature does not verify.',
  ],
  'diagnosis.not_whole': [
    422,
    'This answer was not kept byte for byte.',
    'The log keeps 8 kB of an answer, as text. Answer with a short JSON object in UTF-8.',
  ],
  'diagnosis.too_large': [
    422,
    'The body of this call is too large for the Signature Doctor.',
    'He looks at bodies of up to 64 kB; sign a smaller call in the same way.',
  ],
  'diagnosis.too_many': [
    429,
    'The Signature Doctor was asked too often for this application.',
    'Wait a few seconds and try again.',
  ],

  // ── the clock of a sandbox ────────────────────────────────────────────────────────────────────────────────────────────
  'clock.too_far': [
    422,
    'The clock of this sandbox cannot go that far.',
    'Move it by less; ten years ahead of the real time is the end.',
  ],

  // ── merchants ─────────────────────────────────────────────────────────────────────────────────────────────────────────
  'merchant.mid_taken': [
    409,
    'A merchant with this MID exists already.',
    'Use another MID, or change the merchant that has it.',
  ],
  'merchant.too_many': [409, 'The application has too many merchants.', 'Remove merchants that do not test any more.'],
  'merchant.product_absent': [
    422,
    'A merchant can only test products of the application.',
    'Choose products of the application, or add the product to it first.',
  ],
  'merchant.accepted': [
    409,
    'This merchant has accepted the invitation.',
    'The address of an accepted account stays; remove the merchant and invite it anew.',
  ],
  'merchant.not_open': [
    409,
    'This merchant has no invitation that is open.',
    'Send the invitation first, or send it again.',
  ],
  'merchant.too_many_invitations': [
    429,
    'Too many invitations within a day.',
    'Go on tomorrow; one address gets at most five a day.',
  ],
  'merchant.no_recipient': [
    422,
    'The invitation would go to nobody.',
    'Choose the merchant, or at least one colleague in copy.',
  ],
  'merchant.copy_not_colleague': [
    422,
    'Copies go to active members of your organisation only.',
    'Take the address off, or have the colleague invited as a member first.',
  ],

  // ── uploads ───────────────────────────────────────────────────────────────────────────────────────────────────────────
  'upload.not_bytes': [415, 'The request is not a file.', 'Send the file with Content-Type: application/octet-stream.'],
  'upload.empty': [422, 'The file is empty.', 'Choose a file with a header and at least one row.'],
  'upload.wrong_type': [
    422,
    'The file is not what its name says.',
    'Upload an .xlsx workbook, or a .csv file in UTF-8.',
  ],
  'upload.old_workbook': [
    422,
    'This is an old .xls workbook, or one with a password.',
    'Save it as .xlsx without a password, and upload that.',
  ],
  'upload.damaged': [422, 'The file is damaged.', 'Save it again in the spreadsheet program, and upload that.'],
  'upload.too_much': [
    422,
    'The file unpacks to far more than a list of merchants.',
    'Copy the rows into a fresh template, and upload that.',
  ],
  'upload.wrong_encoding': [
    422,
    'The text of the file is not UTF-8.',
    'Save it as "CSV UTF-8", or upload it as .xlsx.',
  ],
  'upload.wrong_headers': [
    422,
    'The columns are not those of the template.',
    'Use the first row of the template as it is.',
  ],
  'upload.no_rows': [422, 'There is no merchant in the file.', 'Fill in one row for each merchant, below the header.'],
  'upload.too_many_rows': [
    422,
    'The file has more than 1,000 rows.',
    'Split it into files of at most 1,000 merchants each.',
  ],
  'upload.has_faults': [
    422,
    'Some rows have faults; nothing was stored.',
    'Correct the cells that are named, or leave the failed rows out.',
  ],

  // ── production and launch ─────────────────────────────────────────────────────────────────────────────────────────────
  'key.of_sandbox': [
    409,
    'This is a key of the sandbox.',
    'Make another pair for production: whoever has a test key must not be able to move money.',
  ],
  'key.of_production': [409, 'This is a key of production.', 'Make another pair for the sandbox.'],
  'key.not_waiting': [409, 'This key does not wait for a proof.', 'Reload the page; it may be proved or retired.'],
  'key.proof_unknown': [
    409,
    'There is no text to sign for this key, or its time is over.',
    'Ask for a new text, sign that, and submit the signature within 30 minutes.',
  ],
  'key.proof_wrong': [
    422,
    'The signature does not verify with this key.',
    'Sign exactly the text that is shown, with the private half of this very key, by RSA PKCS#1 v1.5 with SHA-256.',
  ],
  'key.retired': [409, 'This key is retired already.', 'Reload the page.'],
  'key.in_live_use': [
    409,
    'This key verified a call within the last day.',
    'Sign with another version first; or retire it all the same: its calls are refused from then on.',
  ],
  'key.only_active': [
    409,
    'This is the only key that verifies calls.',
    'Set another key first, and make a call with it.',
  ],
  'key.not_retired': [409, 'This key is not retired.', 'Reload the page.'],
  'key.two_active': [409, 'Two keys are active already.', 'Retire one of them first.'],
  'key.last_active': [
    409,
    'The last active key of a launched application must stay.',
    'Set and prove another production key first.',
  ],
  'url.example_name': [
    422,
    'The URL leads to a name that is kept for examples.',
    'Use the name of your production system.',
  ],
  'url.launched': [
    409,
    'A launched product needs its notification URL.',
    'Enter another URL instead of clearing this one.',
  ],
  'launch.not_ready': [409, 'The checklist has open lines.', 'Mend the lines that are named; then try again.'],
  'launch.under_way': [
    409,
    'A request to launch is open already.',
    'Wait for its answer, mend it, or withdraw it first.',
  ],
  'launch.nothing': [
    409,
    'There is nothing to launch.',
    'The application and these products are launched already, or the products were removed.',
  ],
  'launch.application_first': [
    409,
    'The application is not launched yet.',
    'Launch the application: its products are launched with it.',
  ],
  'launch.not_open': [409, 'This request is not open any more.', 'Reload the page.'],
  'launch.wrong_turn': [
    409,
    'It is the turn of the other side.',
    'Reload the page; the request has changed meanwhile.',
  ],
  'launch.changed': [
    409,
    'The configuration has changed since you looked at it.',
    'Look at it again, and then decide.',
  ],
  'launch.not_live': [
    409,
    'This application is not live.',
    'Reload the page; it may have been taken off line meanwhile.',
  ],
  'registry.off': [
    503,
    'The registry API is switched off.',
    'Set SLIPWAY_REGISTRY_TOKEN on the server to switch it on.',
  ],
  'registry.wrong_token': [
    401,
    'The token of the registry API is missing or wrong.',
    'Send Authorization: Bearer with the token that the operator has set.',
  ],
  'relay.wrong_token': [
    401,
    'The token of the relay is missing or wrong.',
    'Take the command with a new token from the sandbox settings of the application.',
  ],

  // ── acceptance tests ──────────────────────────────────────────────────────────────────────────────────────────────────
  'acceptance.not_set_up': [
    409,
    'The set-up for acceptance tests is not complete.',
    'Set the public key and the URL of notifyPayment in the sandbox settings.',
  ],
  'acceptance.running': [409, 'This case runs already.', 'Go on with its steps, or cancel it first.'],
  'acceptance.not_running': [409, 'This case does not run.', 'Start it first; there is nothing to cancel.'],
  'acceptance.other_running': [
    409,
    'Another case in which the gateway misbehaves is running.',
    'Finish or cancel that case first; the gateway does one thing wrong at a time.',
  ],

  // ── the operator console ──────────────────────────────────────────────────────────────────────────────────────────────
  'partner.trial_over': [
    403,
    'The trial of your organisation has ended.',
    'You can look at everything; to go on, write to your solution architects.',
  ],
  'partner.not_on_trial': [409, 'This partner is not on trial.', 'Reload the page.'],
  'partner.last_address': [409, 'One NDA address must stay.', 'Add another address first.'],
  'partner.address_present': [409, 'This NDA address is there already.', 'Use another address.'],
  'partner.too_many_addresses': [409, 'The partner has 20 NDA addresses.', 'Remove one that is not needed any more.'],
  'partner.type_in_use': [
    409,
    'An application of this partner has a type that would go.',
    'Keep the type, or have the application deleted first.',
  ],
  'partner.fees_too_high': [
    422,
    'Both fees together would take more than the whole payment.',
    'Interchange and service fee come to 10,000 basis points at most.',
  ],
  'partner.fees_not_agreed': [409, 'The contract has no fees of its own for this product.', 'Reload the page.'],
  'staff.account_exists': [
    409,
    'This address has a staff account already.',
    'Change its role, or use another address.',
  ],
  'staff.address_of_partner': [
    409,
    'This address belongs to a member of a partner.',
    'Members of a partner cannot be staff; use another address.',
  ],
  'staff.account_active': [
    409,
    'This staff account is active already.',
    'Its holder can log in, or reset the password.',
  ],
  'staff.last_admin': [
    409,
    'The last active Operator admin must stay.',
    'Give another active member of staff the role Operator admin first.',
  ],
  'mail.test_too_many': [429, 'You have sent 10 test messages within an hour.', 'Look at what became of those first.'],
  'mail.not_resendable': [
    409,
    'This mail cannot be sent again.',
    'Do again what it was about: invite anew, or send the activation again.',
  ],
  'audit.too_many': [429, 'You have asked for this 60 times within an hour.', 'Go on in an hour.'],

  // ── reports over SFTP ─────────────────────────────────────────────────────────────────────────────────────────────────────
  'sftp.off': [409, 'This center serves no SFTP.', 'Download the report files from the page Reports.'],
  'sftp.key_private': [
    422,
    'This is a private key.',
    'Keep it to yourself, and paste the line of the .pub file beside it. If it was sent anywhere, make a new pair.',
  ],
  'sftp.key_unreadable': [
    422,
    'This is no public key of SSH.',
    'Paste one line that begins with ssh-ed25519, ecdsa-sha2-… or ssh-rsa, as ssh-keygen writes it into the .pub file.',
  ],
  'sftp.key_weak': [
    422,
    'This kind of SSH key is not taken.',
    'Use Ed25519 (ssh-keygen -t ed25519), ECDSA, or RSA of at least 2048 bits.',
  ],

  // ── iNotify ───────────────────────────────────────────────────────────────────────────────────────────────────────────
  'inotify.no_key': [
    409,
    'This sandbox has no key yet.',
    'Set your public key on the settings: the network signs with its own in return.',
  ],
  'inotify.no_url': [409, 'No URL is set for this notification.', 'Name one, or set it on the settings.'],
  'inotify.not_json': [422, 'The body is not a JSON object.', 'Write it as the network would: { … }.'],
  'inotify.no_earlier': [
    422,
    'There is nothing that comes second.',
    'Give the body of what happened before, which is sent after the other.',
  ],

  // ── Test Merchant ─────────────────────────────────────────────────────────────────────────────────────────────────────────
  'test_merchant.for_acquirers': [
    409,
    'The Test Merchant makes orders, and a wallet takes none.',
    'Join the wallet with an acquirer in the sandbox, and make the order there.',
  ],
  'test_merchant.no_url': [
    409,
    'No URL of your merchant API is set.',
    'Set it on the page of the Test Merchant, or sign with a throw-away key.',
  ],
  'test_merchant.no_key': [
    409,
    'This sandbox has no key yet, and what is sent to your server is signed.',
    'Set your public key on the settings: the network signs with its own in return.',
  ],
  'test_merchant.incomplete': [
    422,
    'This action needs more than it was given.',
    'Fill in what is named: an order needs product, title and amount, a refund an amount and the payment.',
  ],

  // ── iMock ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
  'mock.rule_of_other_mode': [
    422,
    'A rule belongs to the other mode.',
    'In the basic mode a rule has no field and no value; in the advanced mode it has both.',
  ],
  'mock.rule_twice': [422, 'Two rules are for the same.', 'Leave one of them out: the first would always decide.'],

  // ── Test Wallet ───────────────────────────────────────────────────────────────────────────────────────────────────────
  'order.closed': [409, 'This order is closed.', 'Go back to the merchant and start again.'],
  'agreement.closed': [
    409,
    'This question has been answered, or its time is over.',
    'Go back to the merchant and start again.',
  ],
  'dispute.not_possible': [409, 'This cannot be asked about this payment.', 'The reason stands beside it.'],
  'agreement.kept': [
    409,
    'The merchant does not let this agreement go yet.',
    'Ask the merchant; something may still have to be paid.',
  ],
  'agreement.no_answer': [
    502,
    'The merchant was asked about this agreement and gave no answer.',
    'Try again; the agreement stands until then.',
  ],
  'code.unknown': [
    422,
    'This code means nothing to the wallet.',
    'Read the code of an order of this application, or the address of a shop.',
  ],
  'code.no_answer': [
    502,
    'The acquirer did not say what this code stands for.',
    'Try again; the request log of the application says what came instead of an answer.',
  ],
  'order.elsewhere': [409, 'The payer has read this order with another wallet.', 'Pay it there.'],
  'pair.not_a_wallet': [
    409,
    'Codes for joining are made by wallets.',
    'Ask the mobile payment partner for a code, and enter it here.',
  ],
  'pair.is_a_wallet': [409, 'A wallet is joined with acquirers.', 'Make a code, and give it to the acquiring partner.'],
  'pair.code_unknown': [
    422,
    'This code joins nothing.',
    'Ask the wallet for a new one: a code is good for a day, and once.',
  ],
  'pair.present': [409, 'The two are joined already.', 'There is nothing to be done.'],
  'pair.too_many': [
    409,
    'One of the two is joined with as many as it can be.',
    'End a joint that is not needed any more.',
  ],
  'wallet.no_codes': [
    409,
    'This application has no product that reads payment codes.',
    'Add User-presented Mode Payment to the application.',
  ],
  'wallet.invitation_unknown': [
    410,
    'This invitation to the Test Wallet is not valid any more.',
    'Ask whoever invited you to send it again.',
  ],
  'wallet.wrong_credentials': [
    401,
    'Account or password is not right.',
    'Check both; whoever invited you can send a new link.',
  ],
  'wallet.not_logged_in': [
    401,
    'You are not logged in to the Test Wallet.',
    'Log in with the account of the invitation.',
  ],
  'wallet.too_many_codes': [429, 'Too many payment codes.', 'Wait a minute, then show a new code.'],
} as const satisfies Record<string, readonly [status: number, title: string, remedy: string]>

export type RefusalCode = keyof typeof REFUSALS
export const refusalCodes = Object.keys(REFUSALS) as RefusalCode[] // keys of a constant

/** What a refusal carries besides its code. `fields` names each wrong value by its path, as the form and the sender know it. */
export type RefusalDetails = {
  fields?: { path: string; message: string }[]
  missing?: { permission: PartnerPermission | StaffPermission; roles: (PartnerRole | StaffRole)[] }
  retryAfterSeconds?: number
}

/** An expected failure. Thrown anywhere below the kernel, turned into status, code and title in one place. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly code: RefusalCode
  readonly details: RefusalDetails
  constructor(code: RefusalCode, details: RefusalDetails = {}) {
    super(REFUSALS[code][1])
    this.code = code
    this.details = details
  }
}
