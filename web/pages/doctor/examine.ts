/** The Signature Doctor in the page: reads what was pasted, asks rules/diagnose.ts, sends nothing. */
import type { SandboxView } from '../../../contract/applications.ts'
import { type Bytes, toBase64, utf8 } from '../../../rules/bytes.ts'
import { diagnose } from '../../../rules/diagnose.ts'
import { type KnownKey, stringToSign } from '../../../rules/diagnosis.ts'
import { formatSignatureHeader } from '../../../rules/signature.ts'
import type { Finding } from '../../parts/doctor/DoctorFinding.tsx'
import type { PastedCall } from './pasted-call.ts'
import type { PastedKey } from '../../parts/environment/pasted-key.ts'

export type Pasted = { call: PastedCall; body: Bytes; key: PastedKey | undefined; claimed: string }

export type Examined = {
  finding: Finding
  uri: string
  clientId: string
  bodyBytes: number
  /** The pasted key is none of the application's. */
  isForeign: boolean
  isPrivate: boolean
  /** What the header should have been, where a private key was pasted. */
  rightHeader: string | undefined
}

export async function examine({ call, body, key, claimed }: Pasted, sandbox: SandboxView): Promise<Examined> {
  const { method, uri, headers } = call
  const clientId = headers.get('client-id') ?? ''
  const facts = {
    ...{ method, uri, host: headers.get('host'), clientId, time: headers.get('request-time') ?? '', body },
    signature: headers.get('signature') ?? '',
    otherClientIds: [sandbox.clientId].filter((id) => id !== clientId),
    otherTimes: [headers.get('date'), headers.get('response-time')].filter((time) => time !== undefined),
    claimed: claimed === '' ? undefined : utf8(claimed),
  }
  const known = keysOf(sandbox)
  const isForeign = key !== undefined && !known.some(({ publicKey }) => publicKey === key.publicKey)
  const pasted: KnownKey[] = key && isForeign ? [{ kind: 'own', version: 0, publicKey: key.publicKey }] : []
  const found = await diagnose(facts, [...known, ...pasted])
  const signature = await key?.sign?.(stringToSign(facts))
  const version = sandbox.keys.find(({ publicKey }) => publicKey === key?.publicKey)?.version ?? 1
  return {
    finding: { ...found, key: found.key && { ...found.key, application: null } },
    uri,
    clientId,
    bodyBytes: body.length,
    isForeign,
    isPrivate: signature !== undefined,
    rightHeader: signature && formatSignatureHeader(version, toBase64(signature)),
  }
}

function keysOf({ keys, networkPublicKey }: SandboxView): KnownKey[] {
  return [
    ...keys.map(({ state, version, publicKey }): KnownKey => {
      return { kind: state === 'active' ? 'own' : state, version, publicKey }
    }),
    ...(networkPublicKey === null ? [] : [{ kind: 'center' as const, version: 1, publicKey: networkPublicKey }]),
  ]
}
