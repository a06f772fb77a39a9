// Reads the JSON of a plan by the types that are made of its schema.
import { readFileSync } from 'node:fs'
import type { Plan, Session, Visit } from './types/plan'
import type { Status } from './types/status'
import type { EventFile } from './types/events'

const lines = (path: string): string[] => readFileSync(path, 'utf8').split('\n').filter(line => line !== '')

// next is the first date to come, of a session or of another visit.
function next(plan: Plan): string | null {
  const coming = (v: Session | Visit): boolean => v.date !== null && (v.state === 'planned' || v.state === 'provisional')
  const dates = [...plan.sessions, ...plan.visits].filter(coming).map(v => v.date as string)
  return dates.sort()[0] ?? null
}

let sessions = 0
let given = 0
let upcoming = 0
for (const line of lines(process.argv[2])) {
  const plan = JSON.parse(line) as Plan
  sessions += plan.sessions.length
  for (const session of plan.sessions) {
    if (session.given !== null) given++
  }
  if (next(plan) !== null) upcoming++
  for (const entry of plan.journal) {
    if (entry.kind === 'moved' && entry.date === '') throw new Error(entry.session)
  }
}
for (const line of lines(process.argv[3])) {
  const status = JSON.parse(line) as Status
  if (status.standing === 'stopped' && status.due.length > 0) throw new Error(status.date)
}
for (const line of lines(process.argv[4])) {
  const file = JSON.parse(line) as EventFile
  if (file.format !== 'regimen-events/1') throw new Error(file.format)
}
console.log(`${sessions} sessions, ${given} given, ${upcoming} plans with a date to come`)
