import type { TaskId, TaskState } from '../../../rules/application.ts'
import { inLanguage } from '../../language.ts'
import { zh } from './texts.zh.ts'

const en = {
  home: 'Home',
  welcome: (name: string) => `Good to see you, ${name}.`,
  wentOver: (name: string) =>
    `You work for ${name} now: it was chosen in another window. What was not saved yet in this one is gone.`,
  tasks: 'Your integration',
  tasksFor: 'For',
  chosen: 'Chosen application',
  states: { done: 'Done', next: 'Next step', open: 'Open' } satisfies Record<TaskState, string>,
  actions: {
    create_application: 'Create Application',
    set_sandbox_key: 'Set the key',
    first_signed_call: 'Make a call',
    acceptance_tests: 'Open the cases',
    invite_merchants: 'Invite merchants',
    configure_production: 'Open the settings',
    launch: 'Open the checklist',
  } satisfies Record<TaskId, string>,
  createApplication: 'Create Application',
  applications: 'Applications',
  noApplications: 'No application yet',
  noApplicationsForMerchants: 'Merchants are invited to an application; a colleague creates the first one.',
  noApplicationsWhy: 'An application holds the products that you integrate, its sandbox and its keys.',
  documentation: 'Documentation',
  viewAll: 'View All',
  roles: 'Your roles',
  rolesPage: 'Roles and permissions',
  noRoles: 'You have no role yet. Ask a Developer Admin of your organisation.',
  trial: 'Your trial ends on',
  trialEnded: 'It ended on',
  stop: '.',
  trialTitles: { ending: 'Your trial is about to end', over: 'Your trial has ended' },
  trialRemedy: 'Afterwards you can look, and change nothing. The architects extend it, or turn it into a contract:',
  trialOver:
    'You can look at everything, and change nothing; the sandbox refuses calls. To go on, write to the solution architects:',
  merchantTask: 'Choose an application, and invite merchants to test with it.',
  name: 'Name',
  products: 'Products',
  documents: {
    quickStart: { title: 'Quick start', about: 'To the first verified answer and notification.' },
    signing: { title: 'Signing', about: 'Which bytes are signed, with examples to check against.' },
    roles: { title: 'Roles and permissions', about: 'Who may do what.' },
    notifications: { title: 'Notifications', about: 'How we tell you the outcome, and how often we try.' },
    resultCodes: { title: 'Result codes', about: 'Every code, what it means and what to do.' },
  },
}

export const texts = inLanguage({ en, zh })

/** What most people open first, in the order in which they need it. */
export const DOCUMENTS = ['quickStart', 'signing', 'roles', 'notifications', 'resultCodes'] as const
