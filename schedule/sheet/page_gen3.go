// Code generated from page.html and page.css; DO NOT EDIT.

package sheet

func writeToDo(b []byte, d *page) []byte {
	b = append(b, "\n<section aria-labelledby=\"to-do\">\n<h2 id=\"to-do\">"...)
	b = escaped(b, d.W.ToDo)
	b = append(b, "</h2>\n<div class=\"to-do\">"...)
	for i35 := range d.ToDo {
		v35 := &d.ToDo[i35]
		b = append(b, "\n<div class=\"group\">\n<h3 id=\"to-do-"...)
		b = number(b, v35.Number)
		b = append(b, "\">"...)
		b = escaped(b, v35.Title)
		b = append(b, "</h3>"...)
		for i36 := range v35.Parts {
			v36 := &v35.Parts[i36]
			b = append(b, "\n<h4>"...)
			b = escaped(b, v36.Title)
			b = append(b, "</h4>\n<ul>"...)
			for i37 := range v36.Tasks {
				v37 := &v36.Tasks[i37]
				b = append(b, "\n<li><span class=\"clock\">"...)
				b = escaped(b, v37.When)
				b = append(b, "</span> <bdi>"...)
				b = escaped(b, v37.Text)
				b = append(b, "</bdi></li>"...)
			}
			b = append(b, "\n</ul>"...)
		}
		b = append(b, "\n</div>"...)
	}
	if len(d.EveryVisit) > 0 {
		b = append(b, "\n<div class=\"group\">\n<h3>"...)
		b = escaped(b, d.W.EveryVisit)
		b = append(b, "</h3>\n<ul>"...)
		for i38 := range d.EveryVisit {
			v38 := &d.EveryVisit[i38]
			b = append(b, "\n<li>"...)
			b = writeKnown(b, v38)
			b = append(b, "</li>"...)
		}
		b = append(b, "\n</ul>\n</div>"...)
	}
	b = append(b, "\n</div>\n</section>"...)
	return b
}

func writeKnown(b []byte, d *pageLine) []byte {
	if d.Term != "" {
		b = escaped(b, d.Term)
		b = append(b, ": "...)
	}
	b = append(b, "<bdi>"...)
	b = escaped(b, d.Text)
	b = append(b, "</bdi>"...)
	return b
}

func writeLine(b []byte, d *pageLine) []byte {
	if d.When != "" {
		b = append(b, "<span class=\"clock\">"...)
		b = escaped(b, d.When)
		b = append(b, "</span> "...)
	}
	if d.Tel != "" {
		b = append(b, "<a href=\"tel:"...)
		b = address(b, d.Tel)
		b = append(b, "\"><bdi dir=\"ltr\">"...)
		b = escaped(b, d.Link)
		b = append(b, "</bdi></a> "...)
	}
	if d.Mail != "" {
		b = append(b, "<a href=\"mailto:"...)
		b = address(b, d.Mail)
		b = append(b, "\"><bdi dir=\"ltr\">"...)
		b = escaped(b, d.Link)
		b = append(b, "</bdi></a> "...)
	}
	if d.Page != "" {
		b = append(b, "<a href=\"https:"...)
		b = address(b, d.Page)
		b = append(b, "\"><bdi dir=\"ltr\">"...)
		b = escaped(b, d.Link)
		b = append(b, "</bdi></a> "...)
	}
	if d.Text != "" {
		b = append(b, "<bdi>"...)
		b = escaped(b, d.Text)
		b = append(b, "</bdi>"...)
	}
	if d.Room {
		b = append(b, "<span class=\"rule\"></span>"...)
	}
	return b
}

func writeItem(b []byte, d *pageVisit) []byte {
	b = append(b, "\n<li class=\""...)
	b = escaped(b, d.Class)
	b = append(b, "\">\n<p class=\"when\">"...)
	b = writeDay(b, d)
	b = append(b, "</p>"...)
	if d.Times != "" {
		b = append(b, "\n<p class=\"clock\">"...)
		b = writeTimes(b, d)
		b = append(b, "</p>"...)
	}
	b = append(b, "\n<p>"...)
	b = escaped(b, d.Label)
	for i39 := range d.What {
		v39 := d.What[i39]
		b = append(b, ", <bdi>"...)
		b = escaped(b, v39)
		b = append(b, "</bdi>"...)
	}
	b = append(b, " <span class=\"dot\">·</span> <b>"...)
	b = escaped(b, d.State)
	b = append(b, "</b>"...)
	if d.Mark != "" {
		b = append(b, " <em class=\"mark\">"...)
		b = escaped(b, d.Mark)
		b = append(b, "</em>"...)
	}
	b = append(b, "</p>"...)
	for i40 := range d.Lines {
		v40 := &d.Lines[i40]
		b = append(b, "\n<p class=\"note\">"...)
		b = writeKnown(b, v40)
		b = append(b, "</p>"...)
	}
	if d.DoseTerm != "" {
		b = append(b, "\n<p class=\"note\">"...)
		b = escaped(b, d.DoseTerm)
		b = append(b, ": "...)
		b = writeDoses(b, d)
		b = append(b, "</p>"...)
	}
	if d.ToDo != 0 {
		b = append(b, "\n<p class=\"go\"><a href=\"#to-do-"...)
		b = number(b, d.ToDo)
		b = append(b, "\">"...)
		b = escaped(b, d.ToDoText)
		b = append(b, "<span class=\"hidden\"> "...)
		b = escaped(b, d.Label)
		b = append(b, "</span></a></p>"...)
	}
	b = append(b, "\n</li>"...)
	return b
}

func writeDay(b []byte, d *pageVisit) []byte {
	if d.StruckDay {
		b = append(b, "<s><time datetime=\""...)
		b = escaped(b, d.Moment)
		b = append(b, "\">"...)
		b = escaped(b, d.Day)
		b = append(b, "</time></s>"...)
	} else {
		if d.Moment != "" {
			b = append(b, "<time datetime=\""...)
			b = escaped(b, d.Moment)
			b = append(b, "\">"...)
			b = escaped(b, d.Day)
			b = append(b, "</time>"...)
		} else {
			b = escaped(b, d.Day)
		}
	}
	if d.Soon != "" {
		b = append(b, " <em class=\"mark\">"...)
		b = escaped(b, d.Soon)
		b = append(b, "</em>"...)
	}
	return b
}

func writeTimes(b []byte, d *pageVisit) []byte {
	if d.Struck {
		b = append(b, "<s>"...)
		b = escaped(b, d.Times)
		b = append(b, "</s>"...)
	} else {
		b = escaped(b, d.Times)
	}
	return b
}

func writeDoses(b []byte, d *pageVisit) []byte {
	for i41 := range d.Doses {
		v41 := d.Doses[i41]
		if i41 != 0 {
			b = append(b, " "...)
			b = escaped(b, d.Or)
			b = append(b, " "...)
		}
		b = append(b, "<bdi>"...)
		b = escaped(b, v41)
		b = append(b, "</bdi>"...)
	}
	return b
}
