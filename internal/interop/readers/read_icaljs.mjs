// What npm's ical.js, with which Thunderbird reads calendars, reads in a calendar,
// as JSON.

import fs from "node:fs";
import ICAL from "ical.js";

const utc = (time) => new Date(time.toUnixTime() * 1000).toISOString().replace(".000Z", "Z");

function read(name) {
	const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(name, "utf8")));
	ICAL.TimezoneService.reset();
	for (const zone of calendar.getAllSubcomponents("vtimezone")) {
		ICAL.TimezoneService.register(new ICAL.Timezone(zone));
	}
	return calendar.getAllSubcomponents("vevent").map((part) => {
		const e = new ICAL.Event(part);
		const tzid = part.getFirstProperty("dtstart").getParameter("tzid");
		if (tzid && e.startDate.zone === ICAL.Timezone.localTimezone) {
			throw new Error(`${name}: ${tzid} is not resolved`);
		}
		return {
			uid: e.uid,
			start: e.startDate.isDate ? e.startDate.toString() : utc(e.startDate),
			end: e.endDate.isDate ? e.endDate.toString() : utc(e.endDate),
			sequence: e.sequence,
			status: part.getFirstPropertyValue("status"),
			summary: e.summary,
			description: e.description,
			location: e.location,
			categories: part.getAllProperties("categories").flatMap((line) => line.getValues()),
			organizer: part.getFirstProperty("organizer").getParameter("cn"),
			alarms: part.getAllSubcomponents("valarm").map((alarm) => ({
				seconds: alarm.getFirstPropertyValue("trigger").toSeconds(),
				description: alarm.getFirstPropertyValue("description"),
			})),
		};
	});
}

const names = process.argv.slice(2);
process.stdout.write(JSON.stringify(Object.fromEntries(names.map((name) => [name, read(name)]))));
