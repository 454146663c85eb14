// The operator's command: `portico business create --name …`, in a clone `npm run portico -- business create --name …`.
import { readCommandLine } from '#cli/command-line.ts'
import { commands } from '#cli/commands.ts'
import { exitWithSentence } from '#cli/exit-with-sentence.ts'
import { withPortico } from '#cli/open.ts'

try {
  const asked = readCommandLine(commands, process.argv.slice(2))
  if (asked.type === 'help') console.log(asked.text)
  else {
    const { data, text } = await withPortico((portico) => asked.command.run(portico, asked.values))
    console.log(asked.json ? JSON.stringify(data) : text)
  }
} catch (error) {
  exitWithSentence(error)
}
