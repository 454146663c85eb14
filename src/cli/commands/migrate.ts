import { command } from '#cli/command.ts'

export const migrateCommand = command({
  name: 'migrate',
  says: 'Brings the database to what this version needs. Every other command and npm start do so too.',
  options: {},
  async run({ applied }) {
    const text = applied.length === 0 ? 'Nothing was missing.' : applied.map((name) => `applied ${name}`).join('\n')
    return { data: { applied }, text }
  },
})
