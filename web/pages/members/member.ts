import type { Output } from '../../../contract/endpoint.ts'
import type { listMembers } from '../../../contract/members.ts'

export type Member = Output<typeof listMembers>['members'][number]
export type Invitation = Output<typeof listMembers>['invitations'][number]

export const TONES = {
  active: 'good',
  disabled: 'plain',
  invited: 'wait',
  sent: 'wait',
  expired: 'bad',
  withdrawn: 'plain',
} as const
