// What the page begins with.
import example from '../../page/example.json';

export const defaults = {
  protocol: `${JSON.stringify(example, null, 2)}\n`,
  clinic: `{
  "format": "regimen-clinic/1",
  "zone": "America/New_York",
  "weekly": {
    "Mon": ["08:00-18:00"],
    "Tue": ["08:00-18:00"],
    "Wed": ["08:00-18:00"],
    "Thu": ["08:00-18:00"],
    "Fri": ["08:00-16:00"]
  },
  "closed": [
    {"date": "2027-03-17", "reason": "staff training"}
  ]
}
`,
  events: '[]',
  start: '2027-03-01', until: '2027-12-31', weight: '72 kg', height: '', sex: '', asOf: '2027-02-26T09:00:00Z', locale: 'en-US',
  values: {},
};
