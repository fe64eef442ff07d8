/** Whether a text holds a private key, so that nothing of ours keeps it. What is no key but says that it is one is refused too. */

const HOLDS =
  // PEM in any armour, PKCS#8 of RSA as bare base64, PKCS#1 of 2048, 3072 and 4096 bits as bare base64.
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY|IBADANBgkqhkiG9w0BAQEFAASC|MII[A-Za-z0-9+/]{3}IBAAKCA[QYg][EI]A/

export const holdsPrivateKey = (text: string): boolean => HOLDS.test(text)

/** One of these stands in whatever the pattern finds: a search for bytes costs next to nothing. */
export const PRIVATE_KEY_SIGNS = ['PRIVATE KEY', 'IBADANBgkqhkiG9w0BAQEFAASC', 'IBAAKCA'] as const
