import type { TaskId, TaskState } from '../../../rules/application.ts'

export const texts = {
  home: 'Home',
  welcome: (name: string) => `Good to see you, ${name}.`,
  tasks: 'Your integration',
  tasksFor: 'For',
  chosen: 'Chosen application',
  states: { done: 'Done', next: 'Next step', open: 'Open', later: 'Later release' } satisfies Record<TaskState, string>,
  actions: {
    create_application: 'Create Application',
    set_sandbox_key: 'Set the key',
    first_signed_call: 'Follow the quick start',
    acceptance_tests: '',
    invite_merchants: '',
    configure_production: '',
    launch: '',
  } satisfies Record<TaskId, string>,
  createApplication: 'Create Application',
  applications: 'Applications',
  noApplications: 'No application yet',
  noApplicationsWhy: 'An application holds the products that you integrate, its sandbox and its keys.',
  documentation: 'Documentation',
  viewAll: 'View All',
  roles: 'Your roles',
  rolesPage: 'Roles and permissions',
  noRoles: 'You have no role yet. Ask a Developer Admin of your organisation.',
  trial: 'Your trial ends on',
  trialRemedy: 'Your solution architect can extend it or turn it into a contract.',
  merchantTask:
    'Inviting merchants is not in this release yet. You see the applications that merchants can be invited to.',
  name: 'Name',
  products: 'Products',
} as const

/** What most people open first, in the order in which they need it. */
export const DOCUMENTS = [
  { key: 'quickStart', title: 'Quick start', about: 'From a key to the first signed call in minutes.' },
  { key: 'signing', title: 'Signing', about: 'Which bytes are signed, with examples to check against.' },
  { key: 'roles', title: 'Roles and permissions', about: 'Who may do what.' },
  { key: 'notifications', title: 'Notifications', about: 'How we tell you the outcome, and how often we try.' },
  { key: 'resultCodes', title: 'Result codes', about: 'Every code, what it means and what to do.' },
] as const
