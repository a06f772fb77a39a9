// Code generated from page.html and page.css; DO NOT EDIT.

package sheet

func writePage(b []byte, d *page) []byte {
	b = append(b, "<!DOCTYPE html>\n<html lang=\""...)
	b = escaped(b, d.Lang)
	b = append(b, "\" dir=\""...)
	b = escaped(b, d.Dir)
	b = append(b, "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"robots\" content=\"noindex\">\n<title>"...)
	b = escaped(b, d.Title)
	b = append(b, "</title>\n<style>"...)
	b = writeStyle(b, d)
	b = append(b, "</style>\n</head>\n<body class=\""...)
	b = escaped(b, d.Class)
	b = append(b, "\">\n<header>\n<h1><bdi>"...)
	b = escaped(b, d.Title)
	b = append(b, "</bdi></h1>\n<p class=\"note\">"...)
	b = escaped(b, d.AsOf)
	b = append(b, " "...)
	b = escaped(b, d.ZoneBefore)
	b = append(b, "<bdi>"...)
	b = escaped(b, d.Zone)
	b = append(b, "</bdi>"...)
	b = escaped(b, d.ZoneAfter)
	b = append(b, " "...)
	b = escaped(b, d.W.Replaced)
	b = append(b, "</p>"...)
	if d.Standing != "" {
		b = append(b, "\n<p class=\"say\">"...)
		b = escaped(b, d.Standing)
		b = append(b, "</p>"...)
	}
	if d.Reserve != "" {
		b = append(b, "\n<p class=\"say reserve\">"...)
		b = escaped(b, d.Reserve)
		b = append(b, "</p>"...)
	}
	b = append(b, "\n</header>\n<main>"...)
	if d.Since != "" {
		b = append(b, "\n<section class=\"card since\" aria-labelledby=\"since\">\n<h2 id=\"since\">"...)
		b = escaped(b, d.Since)
		b = append(b, "</h2>\n<ul>"...)
		for i1 := range d.News {
			v1 := d.News[i1]
			b = append(b, "\n<li><bdi>"...)
			b = escaped(b, v1)
			b = append(b, "</bdi></li>"...)
		}
		b = append(b, "\n</ul>\n</section>"...)
	}
	if d.Unchanged != "" {
		b = append(b, "\n<p class=\"since\">"...)
		b = escaped(b, d.Unchanged)
		b = append(b, "</p>"...)
	}
	if d.Staff {
		b = writeStaff(b, d)
	} else {
		b = append(b, "\n<div class=\"cards\">"...)
		if d.Next != nil {
			b = writeNext(b, d)
		}
		if d.ShowContacts {
			b = append(b, "\n<section class=\"card contact\" aria-labelledby=\"contact\">\n<h2 id=\"contact\">"...)
			b = escaped(b, d.W.Contact)
			b = append(b, "</h2>"...)
			for i2 := range d.Contacts {
				v2 := &d.Contacts[i2]
				if v2.For != "" {
					b = append(b, "\n<h3>"...)
					b = escaped(b, v2.For)
					b = append(b, "</h3>"...)
				}
				b = append(b, "\n<ul>"...)
				if v2.Name != "" {
					b = append(b, "\n<li><bdi>"...)
					b = escaped(b, v2.Name)
					b = append(b, "</bdi></li>"...)
				}
				if v2.Tel != "" {
					b = append(b, "\n<li><a href=\"tel:"...)
					b = address(b, v2.Tel)
					b = append(b, "\"><bdi dir=\"ltr\">"...)
					b = escaped(b, v2.Phone)
					b = append(b, "</bdi></a>"...)
					if v2.Hours != "" {
						b = append(b, " <span class=\"hours\">"...)
						b = escaped(b, v2.Hours)
						b = append(b, "</span>"...)
					}
					b = append(b, "</li>"...)
				} else {
					if v2.Hours != "" {
						b = append(b, "\n<li>"...)
						b = escaped(b, v2.Hours)
						b = append(b, "</li>"...)
					}
				}
				if v2.Mail != "" {
					b = append(b, "\n<li><a href=\"mailto:"...)
					b = address(b, v2.Mail)
					b = append(b, "\"><bdi dir=\"ltr\">"...)
					b = escaped(b, v2.Mail)
					b = append(b, "</bdi></a></li>"...)
				}
				if v2.Page != "" {
					b = append(b, "\n<li><a href=\"https:"...)
					b = address(b, v2.PageAddress)
					b = append(b, "\"><bdi dir=\"ltr\">"...)
					b = escaped(b, v2.Page)
					b = append(b, "</bdi></a></li>"...)
				}
				for i3 := range v2.Lines {
					v3 := v2.Lines[i3]
					b = append(b, "\n<li><bdi>"...)
					b = escaped(b, v3)
					b = append(b, "</bdi></li>"...)
				}
				b = append(b, "\n</ul>"...)
			}
			if len(d.Contacts) == 0 {
				b = append(b, "\n<p>"...)
				b = escaped(b, d.W.AskClinic)
				b = append(b, "</p>"...)
			}
			b = append(b, "\n</section>"...)
		}
		b = append(b, "\n</div>"...)
		if d.Empty {
			b = append(b, "\n<p>"...)
			b = escaped(b, d.W.None)
			b = append(b, "</p>"...)
		}
		if d.OnePage {
			b = writeTicks(b, d)
		}
		if len(d.Months) > 0 {
			b = writeMonths(b, d)
		}
		if d.Timeline != "" {
			b = append(b, "\n<section class=\"wide timeline\" aria-labelledby=\"timeline\">\n<h2 id=\"timeline\">"...)
			b = escaped(b, d.W.Timeline)
			b = append(b, "</h2>\n"...)
			b = append(b, d.Timeline...)
			b = append(b, "\n</section>"...)
		}
		if len(d.Visits) > 0 {
			b = writeVisits(b, d)
		}
		if d.HasToDo {
			b = writeToDo(b, d)
		}
		if len(d.Decisions) > 0 {
			b = append(b, "\n<section aria-labelledby=\"decisions\">\n<h2 id=\"decisions\">"...)
			b = escaped(b, d.W.Decisions)
			b = append(b, "</h2>\n<ul>"...)
			for i4 := range d.Decisions {
				v4 := &d.Decisions[i4]
				b = append(b, "\n<li>"...)
				if v4.Day != "" {
					b = append(b, "<time class=\"clock\" datetime=\""...)
					b = escaped(b, v4.Date)
					b = append(b, "\">"...)
					b = escaped(b, v4.Day)
					b = append(b, "</time>: "...)
				}
				b = escaped(b, v4.Text)
				if v4.Name != "" {
					b = append(b, "<br><span class=\"note\"><bdi>"...)
					b = escaped(b, v4.Name)
					b = append(b, "</bdi>"...)
					if v4.Assess != "" {
						b = append(b, ": <bdi>"...)
						b = escaped(b, v4.Assess)
						b = append(b, "</bdi>"...)
					}
					b = append(b, "</span>"...)
				}
				b = append(b, "</li>"...)
			}
			b = append(b, "\n</ul>"...)
			if d.Depends != "" {
				b = append(b, "\n<p>"...)
				b = escaped(b, d.Depends)
				b = append(b, "</p>"...)
			}
			b = append(b, "\n</section>"...)
		}
		if len(d.Worksheets) > 0 {
			b = append(b, "\n<section class=\"worksheets\" aria-labelledby=\"worksheets\">\n<h2 id=\"worksheets\">"...)
			b = escaped(b, d.W.Worksheets)
			b = append(b, "</h2>"...)
			for i5 := range d.Worksheets {
				v5 := d.Worksheets[i5]
				b = append(b, "\n<div class=\"group\">\n<h3 id=\"worksheet-"...)
				b = escaped(b, v5.ID)
				b = append(b, "\">"...)
				b = escaped(b, v5.Label)
				b = escaped(b, d.Comma)
				b = escaped(b, v5.Day)
				b = append(b, "</h3>\n<table aria-labelledby=\"worksheet-"...)
				b = escaped(b, v5.ID)
				b = append(b, "\">\n<tbody>"...)
				for i6 := range v5.Worksheet {
					v6 := &v5.Worksheet[i6]
					b = append(b, "\n<tr><th scope=\"row\">"...)
					b = escaped(b, v6.Label)
					b = append(b, "</th><td><bdi>"...)
					b = escaped(b, v6.Text)
					b = append(b, "</bdi></td></tr>"...)
				}
				b = append(b, "\n</tbody>\n</table>\n</div>"...)
			}
			b = append(b, "\n</section>"...)
		}
	}
	b = append(b, "\n</main>\n</body>\n</html>"...)
	b = append(b, "\n"...)
	return b
}

func writeStyle(b []byte, d *page) []byte {
	b = append(b, "\n"...)
	if d.A4 {
		b = append(b, "@page { size: A4 }\n"...)
	}
	if d.Letter {
		b = append(b, "@page { size: letter }\n"...)
	}
	b = append(b, "@page { margin: 12mm }\n* { box-sizing: border-box }\nhtml {\n  color-scheme: light;\n  --paper: #fff; --ink: #1a1f26; --muted: #47525e; --edge: #77818c; --hair: #c9d0d7;\n  --blue: #0a4b8c; --sky: #e6effa; --green: #1d6338; --mint: #e4f3e9; --grey: #f3f4f6; --sun: #fff3c9;\n  -webkit-text-size-adjust: 100%; text-size-adjust: 100%;\n}\nbody {\n  margin: 0 auto; max-width: 62rem; padding: 1.5rem 1.25rem 3rem;\n  background: var(--paper); color: var(--ink);\n  font: 1rem/1.5 system-ui, -apple-system, \"Segoe UI\", Roboto, \"Noto Sans\", \"Noto Sans Arabic\", sans-serif;\n  overflow-wrap: break-word;\n}\nh1, h2, h3, h4, p, ul, dl, dd { margin: 0 }\nh1 { font-size: 1.9rem; line-height: 1.2; overflow-wrap: anywhere }\nh2 { font-size: 1.25rem; line-height: 1.3; margin: 2.25rem 0 .75rem; overflow-wrap: anywhere }\nh3 { font-size: 1.05rem; line-height: 1.3; margin: 1.25rem 0 .5rem; overflow-wrap: anywhere }\nh4 { font-size: .95rem; margin: .75rem 0 .25rem; color: var(--muted) }\nul { padding-inline-start: 1.2rem }\nli { margin: .2rem 0 }\na { color: var(--blue); text-underline-offset: .15em }\na:focus-visible, summary:focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; border-radius: 2px }\nbdi { overflow-wrap: anywhere }\ns { text-decoration-thickness: .1em }\nabbr { text-decoration: none }\n.note { color: var(--muted); font-size: .95rem }\n.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }\n.clock { font-weight: 600; font-variant-numeric: tabular-nums }\n.narrow { display: none }\nheader .note { margin-top: .4rem }\n.mark { display: inline-block; padding: 0 .4rem; border: 1px solid var(--ink); border-radius: .3rem; background: var(--sun); color: var(--ink); font-size: .85rem; font-weight: 600; font-style: normal; line-height: 1.4; white-space: nowrap; print-color-adjust: exact }\n.line { display: block; color: var(--muted); font-size: .9rem }\n\n.say { margin-top: .75rem; padding: .6rem 1.25rem; border: 2px solid var(--ink); border-radius: .6rem; font-size: 1.1rem; font-weight: 700 }\n.reserve { border-style: dashed }\n.since { margin-top: 1rem }\n\n.cards { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 1rem; margin-top: 1.25rem }\n.card { flex: 1 1 16rem; min-width: 0; border: 1px solid var(--edge); border-radius: .6rem; padding: 1rem 1.25rem }\n.card h2 { font-size: 1rem; margin: 0 0 .35rem; color: var(--muted) }\n.card h3 { font-size: 1rem; margin: .75rem 0 .1rem }\n.contact ul { list-style: none; padding: 0 }\n.dose { min-width: 7rem }\n.contact a { display: inline-block; padding: .1rem 0; font-weight: 600 }\n.hours { white-space: normal }\n.go a { display: inline-block; padding: .25rem 0 }\n.next { flex: 2 1 26rem; border: 3px solid var(--blue) }\n.big { font-size: 1.5rem; font-weight: 700; line-height: 1.3 }\n.at { font-size: 1.15rem }\ndl { margin-top: .6rem }\ndl > div { display: grid; grid-template-columns: 9rem 1fr; gap: 0 1rem; padding: .4rem 0; border-top: 1px solid var(--hair) }\ndt { font-weight: 700; color: var(--muted); grid-row: 1 / span 20; overflow-wrap: break-word }\ndd { grid-column: 2; min-width: 0 }\ndd a { font-weight: 600; white-space: nowrap }\n\ntable { border-collapse: collapse; width: 100% }\ncaption { font-weight: 700; text-align: start; padding: 0 0 .35rem }\nth, td { text-align: start; vertical-align: top; padding-block: .4rem; padding-inline: 0 .6rem; border-bottom: 1px solid var(--hair) }\nthead th { border-bottom: 2px solid var(--edge); color: var(--muted); font-size: .9rem }\n\n.months { display: flex; flex-wrap: wrap; gap: 1.25rem }\n.month { flex: 1 1 calc(50% - .75rem); max-width: calc(50% - .625rem); min-width: 0; break-inside: avoid }\n.month table { table-layout: fixed }\n.month th { padding: .15rem; font-size: .8rem; text-align: center; overflow-wrap: anywhere }\n.month td { height: 2.1rem; padding: .15rem; border: 1px solid var(--hair); color: var(--muted); font-size: .8rem; line-height: 1.3 }\n.month .blank { border: 0 }\n.month .sure { color: var(--ink) }\n.day { padding-inline: .15rem }\n.sure .day { font-weight: 700 }\n.month .today { outline: 3px solid var(--ink); outline-offset: -3px }\n.month .mark { padding: 0 .15rem; font-size: .72rem; white-space: normal }\n.visit { margin-top: .1rem; padding: .15rem; border: 1px solid var(--blue); border-radius: .3rem; background: var(--sky); color: var(--ink); font-size: .75rem; line-height: 1.3; overflow-wrap: normal; print-color-adjust: exact }\n.visit b, .visit span, .visit em, .visit s, .visit i { display: block; font-style: normal }\n.visit span, .visit s { white-space: nowrap }\n.visit em { font-size: .7rem; letter-spacing: -.02em }\n.visit.provisional { border-style: dashed; background: var(--paper) }\n.visit.given, .visit.done { border-color: var(--green); background: var(--mint) }\n.visit.missed, .visit.cancelled, .visit.held, .visit.lost, .visit.overdue { border: 1px dotted var(--edge); background: none; color: var(--muted) }\n.visit.cancelled b, .visit.held b, .visit.lost b { font-weight: 400 }\n.row { flex: 1 1 100%; padding-block: .35rem; padding-inline-start: 10rem; text-indent: -10rem; border-top: 1px solid var(--hair) }\n.row + .row { margin-top: -1.25rem }\n.row > b, .on { display: inline-block; text-indent: 0; margin-inline-end: 1.25rem }\n.row > b { width: 10rem; margin: 0 }\n.row em { font-style: normal }\n.row .cancelled, .row .held, .row .lost, .row .missed, .row .none { color: var(--muted) }\n.row .cancelled b, .row .held b, .row .lost b { font-weight: 400 }\n\n.timeline svg { display: block; width: 100%; height: auto }\n.visits th[scope=row] { font-weight: 600 }\n.visits td { font-variant-numeric: tabular-nums }\n.visits .cancelled, .visits .held, .visits .lost, .visits .missed { color: var(--muted) }\n.name { display: block; color: var(--muted); font-weight: 400; font-size: .9rem; min-width: 7rem; max-width: 16rem }\n.agenda { list-style: none; padding: 0 }\n.agenda li { border-inline-start: 5px solid var(--blue); padding-block: .1rem; padding-inline: .8rem 0; margin: 0 0 1.1rem }\n.agenda li.provisional { border-inline-start-style: dashed }\n.agenda li.given, .agenda li.done { border-inline-start: 6px double var(--green) }\n.agenda li.missed, .agenda li.cancelled, .agenda li.held, .agenda li.lost, .agenda li.left-out, .agenda li.overdue { border-inline-start: 3px dotted var(--edge); color: var(--muted) }\n.agenda .when { font-size: 1.1rem; font-weight: 700; line-height: 1.35 }\n.agenda .cancelled .when, .agenda .held .when, .agenda .lost .when { font-weight: 400 }\nsummary { margin: 1rem 0; padding: .5rem .75rem; border: 1px solid var(--edge); border-radius: .4rem; font-weight: 600; cursor: pointer }\n\n.to-do { display: flex; flex-wrap: wrap; gap: 0 2.5rem }\n.to-do .group { flex: 1 1 20rem; min-width: 0 }\n.to-do h3 { margin-top: .25rem }\n.group { break-inside: avoid }\n.worksheets th, .worksheet th { width: 9rem; font-weight: 600; color: var(--muted) }\n\n.boxes dd, .ticks li { position: relative; padding-inline-start: 1.5rem }\n.full .boxes dd { padding-inline-start: 0 }\n.one-page .boxes dd::before, .ticks li::before { content: \"\"; position: absolute; inset-inline-start: 0; top: .25em; width: .95em; height: .95em; border: 1.5px solid var(--ink); border-radius: 2px }\n.ticks { list-style: none; padding: 0 }\n.ticks li { display: grid; grid-template-columns: 12rem 12rem 1fr; gap: 0 1rem; margin: 0; padding-block: .3rem; border-bottom: 1px solid var(--hair); font-variant-numeric: tabular-nums }\n.ticks li::before { top: .55em }\n.ticks time { font-weight: 600 }\n.rule { display: block; height: 2.2em; border-bottom: 1px solid var(--edge) }\ndd .rule { display: none }\n\n.session { padding-top: .25rem }\n.session h2 { padding-top: .75rem; border-top: 3px solid var(--ink) }\n.session table { margin-top: .75rem }\n.sign { table-layout: fixed }\n.sign th { width: 9rem; font-weight: 600; border: 1px solid var(--edge); padding-inline: .5rem }\n.fill td { height: 2.4rem; border: 1px solid var(--edge); padding-inline: .5rem }\n.fill .known { font-weight: 600 }\n.give, .checks { table-layout: fixed }\n.give thead th, .checks thead th { padding-inline: .4rem }\n.give th:nth-child(1) { width: 8rem }\n.give th:nth-child(2) { width: 30% }\n.give tbody th, .checks tbody th { font-weight: 400; border: 1px solid var(--edge); padding-inline: .5rem }\n.give .note { display: block }\n.label { display: none; color: var(--muted); font-size: .95rem }\n.checks th:nth-child(1) { width: 12rem }\n.checks th:nth-child(4) { width: 9rem }\n.checks th:nth-child(5) { width: 6rem }\n.tick { display: inline-block; margin-inline-end: .8rem }\n.tick::before { content: \"\"; display: inline-block; width: .9em; height: .9em; margin-inline-end: .35em; vertical-align: -.1em; border: 1.5px solid var(--ink); border-radius: 2px }\n.tasks { table-layout: fixed }\n.tasks thead th { padding-inline: .5rem }\n.tasks th:nth-child(1) { width: 11rem }\n.tasks th:nth-child(4) { width: 6rem }\n.worksheet th, .worksheet td { padding-block: .2rem; font-size: .9rem }\n\n@media print, (min-width: 61rem) {\n  .visits td:nth-child(2), .visits td:nth-child(3) { white-space: nowrap }\n}\n\n@media screen and (max-width: 61rem) {\n  .month { flex-basis: 100%; max-width: 34rem }\n}\n\n@media screen and (max-width: 44rem) {\n  body { padding: 1rem 1rem 2rem }\n  .wide { display: none }\n  .narrow { display: block }\n  h1 { font-size: 1.6rem }\n  .card { padding: .8rem 1rem }\n  .card, .next { flex-basis: 100% }\n  .big { font-size: 1.35rem }\n  .worksheets th, .worksheet th { width: 6.5rem }\n  .sign, .sign tbody, .sign tr, .sign th, .sign td { display: block; width: auto }\n  .sign td { border-top: 0 }\n  .sign td { height: auto; min-height: 2.4rem }\n  .sign caption, .give, .give caption, .give tbody { display: block }\n  .give thead { display: none }\n  .give tr { display: grid; grid-template-columns: 1fr 1fr; margin-bottom: .75rem; border-top: 1px solid var(--edge) }\n  .give td, .give tbody th { border-top: 0 }\n  .give th:nth-child(n) { width: auto }\n  .give td { min-width: 0 }\n  .give td:first-child, .give tbody th { grid-column: 1 / -1 }\n  .give td:first-child, .give tbody th, .checks td:first-child { height: auto }\n  .label { display: inline }\n  .checks, .checks tbody, .checks tr, .checks th, .checks td { display: block; width: auto }\n  .checks thead { display: none }\n  .checks tr { margin-bottom: .75rem }\n  .checks td, .checks tbody th { border-top: 0 }\n  .checks tr { border-top: 1px solid var(--edge) }\n  .checks th:nth-child(n) { width: auto }\n  .ticks li { grid-template-columns: 1fr }\n  .tasks { table-layout: auto; font-size: .85rem }\n  .tasks thead th, .fill td { padding-inline: .2rem }\n  .tasks th:nth-child(n) { width: auto }\n  .tasks td:nth-child(2) { min-width: 4.5rem }\n}\n\n@media screen and (max-width: 30rem) {\n  dl > div { display: block }\n}\n\n@media screen and (prefers-color-scheme: dark) {\n  html {\n    color-scheme: dark;\n    --paper: #14181d; --ink: #e9edf2; --muted: #b4bec9; --edge: #8a95a1; --hair: #3a434d;\n    --blue: #8fc1f5; --sky: #17304a; --green: #7fd19c; --mint: #16331f; --grey: #1f252c; --sun: #4a3c08;\n  }\n  svg [fill=\"#1a1f26\"] { fill: #e9edf2 }\n  svg [fill=\"#47525e\"] { fill: #b4bec9 }\n  svg [fill=\"#77818c\"] { fill: #8a95a1 }\n  svg [fill=\"#0a4b8c\"] { fill: #8fc1f5 }\n  svg [fill=\"#1d6338\"] { fill: #7fd19c }\n  svg [fill=\"#ffffff\"] { fill: #14181d }\n  svg [stroke=\"#1a1f26\"] { stroke: #e9edf2 }\n  svg [stroke=\"#77818c\"] { stroke: #8a95a1 }\n  svg [stroke=\"#0a4b8c\"] { stroke: #8fc1f5 }\n  svg [stroke=\"#1d6338\"] { stroke: #7fd19c }\n}\n\n@media (forced-colors: active) {\n  svg, svg * { forced-color-adjust: none }\n  .visit, .mark { border-width: 2px }\n}\n\n@media print {\n  html { font-size: 11pt }\n  body { max-width: none; padding: 0 1px; line-height: 1.4 }\n  h1 { font-size: 17pt }\n  h2 { margin: 5mm 0 2mm; font-size: 13pt }\n  .note, .line, .name, thead th, .mark { font-size: 10pt }\n  h2, h3, h4, caption, dt { break-after: avoid }\n  tr, li, dd, .card, .timeline, .row { break-inside: avoid }\n  a { color: inherit; text-decoration: none }\n  .go { display: none }\n  .cards { gap: 4mm; margin-top: 4mm }\n  .card { padding: 2.5mm 4mm }\n  .card, .next { flex-basis: 100% }\n  .big { font-size: 15pt }\n  .at { font-size: 12pt }\n  dl > div { grid-template-columns: 38mm 1fr; padding: .8mm 0 }\n  .contact { display: grid; grid-template-columns: 38mm 1fr }\n  .contact h2, .contact > p { grid-column: 1 / -1 }\n  .contact h3 { grid-column: 1; margin: 0; font-size: 11pt }\n  .contact ul { grid-column: 2; display: flex; flex-wrap: wrap; gap: 0 5mm }\n  .contact li { margin: 0 }\n  .contact a { padding: 0 }\n  th, td { padding-block: .7mm }\n  .name { display: inline; max-width: none }\n  .name::before { content: \" · \" }\n  tbody tr:nth-last-child(-n+4):not(:last-child) { break-after: avoid }\n  .months { display: block }\n  .month { max-width: none; margin-bottom: 4mm }\n  .month td { height: 5mm; padding: .3mm; font-size: 10pt }\n  .month th { padding: .3mm; font-size: 10pt }\n  .visit { font-size: 10pt; line-height: 1.2; padding: .2mm 1mm; margin: 0 }\n  .visit b, .visit span, .visit s, .visit i, .visit em { display: inline }\n  .visit em, .month .mark { font-size: 9.5pt; letter-spacing: normal }\n  .row { padding-block: .8mm; padding-inline-start: 34mm; text-indent: -34mm }\n  .row > b { width: 34mm }\n  .row + .row { margin-top: 0 }\n  .row + .month { margin-top: 4mm }\n  .one-page main > section > h2 { margin: 4mm 0 1mm }\n  .ticks li { grid-template-columns: 48mm 48mm 1fr; padding-block: 1mm }\n  .rule { height: 9mm }\n  dd .rule { display: block; height: 7mm }\n  .session { break-inside: avoid }\n  .long { break-inside: auto }\n  .session + .long { break-before: page }\n  .fill td { height: 8mm }\n  .worksheet th, .worksheet td { font-size: 10pt }\n}\n"...)
	return b
}

func writeStaff(b []byte, d *page) []byte {
	if len(d.Sessions) > 0 {
	} else {
		b = append(b, "\n<p>"...)
		b = escaped(b, d.W.None)
		b = append(b, "</p>"...)
	}
	for i7 := range d.Sessions {
		v7 := &d.Sessions[i7]
		if len(v7.Checks) > 0 {
			b = append(b, "\n<div class=\"session\">\n<h2 id=\"checks-"...)
			b = escaped(b, v7.ID)
			b = append(b, "\">"...)
			b = escaped(b, d.W.Checks)
			b = append(b, "</h2>\n<table class=\"fill checks\" aria-labelledby=\"checks-"...)
			b = escaped(b, v7.ID)
			b = append(b, "\">\n<thead>\n<tr><th scope=\"col\">"...)
			b = escaped(b, d.W.ColumnDate)
			b = append(b, "</th><th scope=\"col\">"...)
			b = escaped(b, d.W.Monitoring)
			b = append(b, "</th><th scope=\"col\">"...)
			b = escaped(b, d.W.Result)
			b = append(b, "</th><th scope=\"col\">"...)
			b = escaped(b, d.W.Verdict)
			b = append(b, "</th><th scope=\"col\">"...)
			b = escaped(b, d.W.Initials)
			b = append(b, "</th></tr>\n</thead>\n<tbody>"...)
			for i8 := range v7.Checks {
				v8 := v7.Checks[i8]
				b = append(b, "\n<tr><td><time datetime=\""...)
				b = escaped(b, v8.Moment)
				b = append(b, "\">"...)
				b = escaped(b, v8.Day)
				b = append(b, "</time>"...)
				if v8.Time != "" {
					b = append(b, "<span class=\"clock\">"...)
					b = escaped(b, d.Comma)
					b = escaped(b, v8.Time)
					b = append(b, "</span>"...)
				}
				if v8.Soon != "" {
					b = append(b, " <em class=\"mark\">"...)
					b = escaped(b, v8.Soon)
					b = append(b, "</em>"...)
				}
				if v8.Mark != "" {
					b = append(b, " <em class=\"mark\">"...)
					b = escaped(b, v8.Mark)
					b = append(b, "</em>"...)
				}
				b = append(b, "</td><th scope=\"row\">"...)
				for i9 := range v8.What {
					v9 := v8.What[i9]
					if i9 != 0 {
						b = escaped(b, d.Comma)
					}
					b = append(b, "<bdi>"...)
					b = escaped(b, v9)
					b = append(b, "</bdi>"...)
				}
				if v8.Shown {
					b = append(b, " <span class=\"note\">"...)
					b = escaped(b, v8.State)
					b = append(b, "</span>"...)
				}
				b = append(b, "</th><td><span class=\"label\">"...)
				b = escaped(b, d.W.Result)
				b = append(b, "</span></td><td><span class=\"label\">"...)
				b = escaped(b, d.W.Verdict)
				b = append(b, "</span> <span class=\"tick\">"...)
				b = escaped(b, d.W.OK)
				b = append(b, "</span> <span class=\"tick\">"...)
				b = escaped(b, d.W.NotOK)
				b = append(b, "</span></td><td><span class=\"label\">"...)
				b = escaped(b, d.W.Initials)
				b = append(b, "</span></td></tr>"...)
			}
			b = append(b, "\n</tbody>\n</table>\n</div>"...)
		} else {
			b = append(b, "\n<section class=\"session"...)
			if len(v7.Signs) > 0 {
				b = append(b, " long"...)
			}
			b = append(b, "\" aria-labelledby=\"session-"...)
			b = escaped(b, v7.ID)
			b = append(b, "\">\n<h2 id=\"session-"...)
			b = escaped(b, v7.ID)
			b = append(b, "\">"...)
			b = escaped(b, v7.Of)
			b = escaped(b, d.Comma)
			b = append(b, "<time datetime=\""...)
			b = escaped(b, v7.Moment)
			b = append(b, "\">"...)
			b = escaped(b, v7.LongDay)
			b = append(b, "</time>"...)
			if v7.Times != "" {
				b = escaped(b, d.Comma)
				b = escaped(b, v7.Times)
			}
			b = append(b, "</h2>\n<p>"...)
			for i10 := range v7.What {
				v10 := v7.What[i10]
				if i10 != 0 {
					b = escaped(b, d.Comma)
				}
				b = append(b, "<bdi>"...)
				b = escaped(b, v10)
				b = append(b, "</bdi>"...)
			}
			if v7.Shown {
				b = append(b, " <span class=\"dot\">·</span> <b>"...)
				b = escaped(b, v7.State)
				b = append(b, "</b>"...)
			}
			if v7.Soon != "" {
				b = append(b, " <em class=\"mark\">"...)
				b = escaped(b, v7.Soon)
				b = append(b, "</em>"...)
			}
			if v7.Mark != "" {
				b = append(b, " <em class=\"mark\">"...)
				b = escaped(b, v7.Mark)
				b = append(b, "</em>"...)
			}
			b = append(b, "</p>"...)
			for i11 := range v7.Lines {
				v11 := &v7.Lines[i11]
				b = append(b, "\n<p class=\"note\">"...)
				b = writeKnown(b, v11)
				b = append(b, "</p>"...)
			}
			if v7.HasDose {
				b = append(b, "\n<table class=\"fill sign\">\n<caption>"...)
				b = escaped(b, d.W.SignOff)
				b = append(b, "</caption>\n<tbody>\n<tr><th scope=\"row\">"...)
				b = escaped(b, d.W.DosePlanned)
				b = append(b, "</th><td class=\"known\"><bdi>"...)
				b = escaped(b, v7.Planned)
				b = append(b, "</bdi>"...)
				if v7.Allowed != "" {
					b = append(b, " <span class=\"note\">"...)
					b = escaped(b, d.W.Or)
					b = append(b, " <bdi>"...)
					b = escaped(b, v7.Allowed)
					b = append(b, "</bdi></span>"...)
				}
				b = append(b, "</td><th scope=\"row\">"...)
				b = escaped(b, d.W.Weight)
				b = append(b, "</th><td></td></tr>"...)
				if len(v7.Signs) > 0 {
				} else {
					b = append(b, "\n<tr><th scope=\"row\">"...)
					b = escaped(b, d.W.DoseGiven)
					b = append(b, "</th><td></td><th scope=\"row\">"...)
					b = escaped(b, d.W.GivenTime)
					b = append(b, "</th><td></td></tr>\n<tr><th scope=\"row\">"...)
					b = escaped(b, d.W.GivenBy)
					b = append(b, "</th><td></td><th scope=\"row\">"...)
					b = escaped(b, d.W.CheckedBy)
					b = append(b, "</th><td></td></tr>"...)
				}
				b = append(b, "\n</tbody>\n</table>"...)
			}
			if len(v7.Signs) > 0 {
				b = append(b, "\n<table class=\"fill give\">\n<caption>"...)
				b = escaped(b, d.W.ToGive)
				b = append(b, "</caption>\n<thead>\n<tr><th scope=\"col\">"...)
				b = escaped(b, d.W.PlannedTime)
				b = append(b, "</th><th scope=\"col\">"...)
				b = escaped(b, d.W.ColumnMedicine)
				b = append(b, "</th><th scope=\"col\">"...)
				b = escaped(b, d.W.DoseGiven)
				b = append(b, "</th><th scope=\"col\">"...)
				b = escaped(b, d.W.GivenTime)
				b = append(b, "</th><th scope=\"col\">"...)
				b = escaped(b, d.W.GivenBy)
				b = append(b, "</th><th scope=\"col\">"...)
				b = escaped(b, d.W.CheckedBy)
				b = append(b, "</th></tr>\n</thead>\n<tbody>"...)
				for i12 := range v7.Signs {
					v12 := &v7.Signs[i12]
					b = append(b, "\n<tr><td class=\"clock\">"...)
					b = escaped(b, v12.When)
					b = append(b, "</td><th scope=\"row\"><bdi>"...)
					b = escaped(b, v12.What)
					b = append(b, "</bdi> <b><bdi>"...)
					b = escaped(b, v12.Dose)
					b = append(b, "</bdi></b>"...)
					if v12.Condition != "" {
						b = append(b, " <span class=\"note\"><bdi>"...)
						b = escaped(b, v12.Condition)
						b = append(b, "</bdi></span>"...)
					}
					b = append(b, "</th><td><span class=\"label\">"...)
					b = escaped(b, d.W.DoseGiven)
					b = append(b, "</span></td><td><span class=\"label\">"...)
					b = escaped(b, d.W.GivenTime)
					b = append(b, "</span></td><td><span class=\"label\">"...)
					b = escaped(b, d.W.GivenBy)
					b = append(b, "</span></td><td><span class=\"label\">"...)
					b = escaped(b, d.W.CheckedBy)
					b = append(b, "</span></td></tr>"...)
				}
				b = append(b, "\n</tbody>\n</table>"...)
			}
			if len(v7.Sheet) > 0 {
				b = append(b, "\n<table class=\"worksheet\">\n<caption>"...)
				b = escaped(b, d.W.Worksheets)
				b = append(b, "</caption>\n<tbody>"...)
				for i13 := range v7.Sheet {
					v13 := &v7.Sheet[i13]
					b = append(b, "\n<tr><th scope=\"row\">"...)
					b = escaped(b, v13.Label)
					b = append(b, "</th><td><bdi>"...)
					b = escaped(b, v13.Text)
					b = append(b, "</bdi></td></tr>"...)
				}
				b = append(b, "\n</tbody>\n</table>"...)
			}
			if len(v7.Tasks) > 0 {
				b = append(b, "\n<table class=\"fill tasks\">\n<caption>"...)
				b = escaped(b, d.W.ToDo)
				b = append(b, "</caption>\n<thead>\n<tr><th scope=\"col\">"...)
				b = escaped(b, d.W.PlannedTime)
				b = append(b, "</th><th scope=\"col\">"...)
				b = escaped(b, d.W.Task)
				b = append(b, "</th><th scope=\"col\">"...)
				b = escaped(b, d.W.Result)
				b = append(b, "</th><th scope=\"col\">"...)
				b = escaped(b, d.W.Initials)
				b = append(b, "</th></tr>\n</thead>\n<tbody>"...)
				for i14 := range v7.Tasks {
					v14 := &v7.Tasks[i14]
					b = append(b, "\n<tr><td class=\"clock\">"...)
					b = escaped(b, v14.When)
					b = append(b, "</td><td><bdi>"...)
					b = escaped(b, v14.Text)
					b = append(b, "</bdi></td><td></td><td></td></tr>"...)
				}
				b = append(b, "\n</tbody>\n</table>"...)
			}
			b = append(b, "\n</section>"...)
		}
	}
	return b
}
