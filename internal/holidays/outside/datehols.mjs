// The holidays of the United States in npm's date-holidays: its version, then a
// line for each day. Types besides "public" are said.
import { createRequire } from 'node:module'
import Holidays from 'date-holidays'

const version = createRequire(import.meta.url)('date-holidays/package.json').version
console.log(`date-holidays ${version}`)
const [first, last] = process.argv.slice(2).map(Number)
const calendar = new Holidays('US')
for (let year = first; year <= last; year++) {
  for (const { date, name, type } of calendar.getHolidays(year)) {
    if (type === 'public' || type === 'bank') {
      console.log(`${date.slice(0, 10)} ${name}${type === 'public' ? '' : ` [${type}]`}`)
    }
  }
}
