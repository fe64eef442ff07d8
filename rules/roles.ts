/**
 * Who may do what. Read the grids by eye: a row is a permission, a column a role, `yes` grants it.
 *
 * The twelve rows of PARTNER_GRID are the product's promise to its partners: the server's check, the hover on the home page, the
 * reason beside a disabled button, the refusal and the docs page "Roles and permissions" are all made from them. Nothing else in
 * the product may decide what a role is allowed to do.
 */

export const PARTNER_ROLES = {
  developer_admin: {
    title: 'Developer Admin',
    purpose: 'Develop, test and launch applications; invite and manage merchants.',
  },
  developer: { title: 'Developer', purpose: 'Develop and test applications.' },
  merchant_onboarding: {
    title: 'Merchant Onboarding',
    purpose: 'Invite and manage merchants; follow their progress in acceptance testing.',
  },
  developer_on_trial: {
    title: 'Developer (on trial)',
    purpose: 'Try the functions out before a formal cooperation.',
  },
} as const

export type PartnerRole = keyof typeof PARTNER_ROLES
export const partnerRoles = Object.keys(PARTNER_ROLES) as [PartnerRole, ...PartnerRole[]] // keys of a constant

const yes = true
const no = false

// biome-ignore format: the grid is read by eye, column by column
const PARTNER_GRID = {
  //                      title                                  Developer Admin  Developer  Merchant Onboarding  Developer (on trial)
  'application.create':   ['Create applications',                       [yes,     no,        no,                  yes]],
  'application.modify':   ['Modify applications',                       [yes,     no,        no,                  yes]],
  'application.launch':   ['Launch applications',                       [yes,     no,        no,                  no ]],
  'application.delete':   ['Delete applications',                       [yes,     no,        no,                  yes]],
  'application.view':     ['View application information',              [yes,     yes,       no,                  yes]],
  'product.add':          ['Add products',                              [yes,     no,        no,                  yes]],
  'product.remove':       ['Remove products',                           [yes,     no,        no,                  yes]],
  'product.launch':       ['Launch products',                           [yes,     no,        no,                  no ]],
  'sandbox.develop':      ['Develop in the sandbox',                    [yes,     yes,       no,                  yes]],
  'sandbox.test':         ['Conduct sandbox acceptance testing',        [yes,     yes,       no,                  yes]],
  'production.configure': ['Configure the production environment',      [yes,     no,        no,                  yes]],
  'merchant.invite':      ['Invite merchants',                          [yes,     no,        yes,                 no ]],
} as const satisfies Record<string, readonly [title: string, granted: readonly [boolean, boolean, boolean, boolean]]>

export type Permission = keyof typeof PARTNER_GRID
export const permissions = Object.keys(PARTNER_GRID) as [Permission, ...Permission[]] // keys of a constant

/** What concerns the organisation itself, beside the twelve rows. */
// biome-ignore format: the grid is read by eye, column by column
const ORGANISATION_GRID = {
  //                      title                                  Developer Admin  Developer  Merchant Onboarding  Developer (on trial)
  'member.manage':        ['Manage members',                            [yes,     no,        no,                  no ]],
  'audit.view':           ['View the audit log',                        [yes,     no,        no,                  no ]],
} as const satisfies Record<string, readonly [title: string, granted: readonly [boolean, boolean, boolean, boolean]]>

export type OrganisationPermission = keyof typeof ORGANISATION_GRID
export const organisationPermissions = Object.keys(ORGANISATION_GRID) as [
  OrganisationPermission,
  ...OrganisationPermission[],
] // keys of a constant

/** Anything that a role of a partner may carry. */
export type PartnerPermission = Permission | OrganisationPermission
export const partnerPermissions = [...permissions, ...organisationPermissions] as const
const PARTNER_GRIDS = { ...PARTNER_GRID, ...ORGANISATION_GRID }

export const STAFF_ROLES = {
  operator_admin: {
    title: 'Operator admin',
    purpose: 'Runs the developer center: staff accounts, and everything below.',
  },
  solution_architect: {
    title: 'Solution architect',
    purpose: 'Opens partner accounts, follows progress, agrees go-live.',
  },
  support: { title: 'Support', purpose: 'Looks, and changes nothing.' },
} as const

export type StaffRole = keyof typeof STAFF_ROLES
export const staffRoles = Object.keys(STAFF_ROLES) as [StaffRole, ...StaffRole[]] // keys of a constant

// biome-ignore format: the grid is read by eye, column by column
const STAFF_GRID = {
  //                      title                          Operator admin  Solution architect  Support
  'staff.partner.view':   ['View partners and accounts',        [yes,    yes,                yes]],
  'staff.partner.open':   ['Open partners',                     [yes,    yes,                no ]],
  'staff.account.open':   ['Open accounts of partners',         [yes,    yes,                no ]],
  'staff.account.disable': ['Disable and re-enable accounts',   [yes,    yes,                no ]],
  'staff.launch.view':    ['View launch requests',              [yes,    yes,                yes]],
  'staff.launch.decide':  ['Decide launch requests',            [yes,    yes,                no ]],
  'staff.partner.change': ['Change partners and their trials',  [yes,    yes,                no ]],
  'staff.audit.view':     ['View every audit log',              [yes,    yes,                yes]],
  'staff.mail.view':      ['View what became of mails',         [yes,    yes,                yes]],
  'staff.mail.send':      ['Send test messages, and mails again', [yes,  yes,                no ]],
  'staff.people.view':    ['View staff accounts',               [yes,    yes,                yes]],
  'staff.people.manage':  ['Manage staff accounts',             [yes,    no,                 no ]],
} as const satisfies Record<string, readonly [title: string, granted: readonly [boolean, boolean, boolean]]>

export type StaffPermission = keyof typeof STAFF_GRID
export const staffPermissions = Object.keys(STAFF_GRID) as [StaffPermission, ...StaffPermission[]] // keys of a constant

/** The words for a permission, as they stand in the table of the docs. */
export function permissionTitle(permission: PartnerPermission | StaffPermission): string {
  return permission in PARTNER_GRIDS
    ? PARTNER_GRIDS[permission as PartnerPermission][0] // just found there
    : STAFF_GRID[permission as StaffPermission][0] // the union has no third part
}

/** Does this one role carry the permission? */
export function roleMay(role: PartnerRole, permission: PartnerPermission): boolean {
  return PARTNER_GRIDS[permission][1][partnerRoles.indexOf(role)] === true
}

/** Does this one staff role carry the permission? */
export function staffRoleMay(role: StaffRole, permission: StaffPermission): boolean {
  return STAFF_GRID[permission][1][staffRoles.indexOf(role)] === true
}

/** Everything that a person with these roles may do, in the order of the table. Several roles add up. */
export function permissionsOf(roles: readonly PartnerRole[]): Permission[] {
  return permissions.filter((permission) => roles.some((role) => roleMay(role, permission)))
}

/** What the roles carry besides the twelve rows. */
export function organisationPermissionsOf(roles: readonly PartnerRole[]): OrganisationPermission[] {
  return organisationPermissions.filter((permission) => roles.some((role) => roleMay(role, permission)))
}

/** Everything that a member of staff with this role may do, in the order of the table. */
export function staffPermissionsOf(role: StaffRole): StaffPermission[] {
  return staffPermissions.filter((permission) => staffRoleMay(role, permission))
}

/** The roles that carry a permission: what a refusal and a disabled button name. */
export function rolesThatMay(permission: PartnerPermission): PartnerRole[] {
  return partnerRoles.filter((role) => roleMay(role, permission))
}

/** The staff roles that carry a permission. */
export function staffRolesThatMay(permission: StaffPermission): StaffRole[] {
  return staffRoles.filter((role) => staffRoleMay(role, permission))
}
