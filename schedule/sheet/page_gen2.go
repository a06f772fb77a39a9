// Code generated from page.html and page.css; DO NOT EDIT.

package sheet

func writeNext(b []byte, d *page) []byte {
	b = append(b, "\n<section class=\"card next\" aria-labelledby=\"next\">\n<h2 id=\"next\">"...)
	b = escaped(b, d.W.Next)
	b = append(b, "</h2>\n<p class=\"big\"><time datetime=\""...)
	b = escaped(b, d.Next.Moment)
	b = append(b, "\">"...)
	b = escaped(b, d.Next.LongDay)
	b = append(b, "</time>"...)
	if d.Next.Soon != "" {
		b = append(b, " <em class=\"mark\">"...)
		b = escaped(b, d.Next.Soon)
		b = append(b, "</em>"...)
	}
	b = append(b, "</p>\n<p class=\"at\">"...)
	if d.Next.Times != "" {
		b = append(b, "<span class=\"clock\">"...)
		b = escaped(b, d.Next.Times)
		b = append(b, "</span> <span class=\"dot\">·</span> "...)
	}
	b = escaped(b, d.Next.Of)
	for i12 := range d.Next.What {
		v12 := d.Next.What[i12]
		b = escaped(b, d.Comma)
		b = append(b, "<bdi>"...)
		b = escaped(b, v12)
		b = append(b, "</bdi>"...)
	}
	if d.Next.Shown {
		b = append(b, " <span class=\"dot\">·</span> <b>"...)
		b = escaped(b, d.Next.State)
		b = append(b, "</b>"...)
	}
	if d.Next.Mark != "" {
		b = append(b, " <em class=\"mark\">"...)
		b = escaped(b, d.Next.Mark)
		b = append(b, "</em>"...)
	}
	b = append(b, "</p>"...)
	if d.Next.Was != "" {
		b = append(b, "\n<p class=\"note\"><bdi>"...)
		b = escaped(b, d.Next.Was)
		b = append(b, "</bdi></p>"...)
	}
	if d.Next.Why != "" {
		b = append(b, "\n<p class=\"note\">"...)
		b = escaped(b, d.Next.Why)
		b = append(b, "</p>"...)
	}
	if d.Next.Move != "" {
		b = append(b, "\n<p class=\"note\">"...)
		b = escaped(b, d.Next.Move)
		b = append(b, "</p>"...)
	}
	if len(d.Next.Facts) > 0 {
		b = append(b, "\n<dl>"...)
		for i13 := range d.Next.Facts {
			v13 := &d.Next.Facts[i13]
			b = append(b, "\n<div"...)
			if v13.Boxes {
				b = append(b, " class=\"boxes\""...)
			}
			b = append(b, ">\n<dt>"...)
			b = escaped(b, v13.Term)
			b = append(b, "</dt>"...)
			for i14 := range v13.Lines {
				v14 := &v13.Lines[i14]
				b = append(b, "\n<dd>"...)
				b = writeLine(b, v14)
				b = append(b, "</dd>"...)
			}
			b = append(b, "\n</div>"...)
		}
		b = append(b, "\n</dl>"...)
	}
	b = append(b, "\n</section>"...)
	return b
}

func writeTicks(b []byte, d *page) []byte {
	if len(d.Ticks) > 0 {
		b = append(b, "\n<section aria-labelledby=\"visits\">\n<h2 id=\"visits\">"...)
		b = escaped(b, d.W.Coming)
		b = append(b, "</h2>\n<ul class=\"ticks\">"...)
		for i15 := range d.Ticks {
			v15 := d.Ticks[i15]
			b = append(b, "\n<li class=\""...)
			b = escaped(b, v15.Class)
			b = append(b, "\"><time datetime=\""...)
			b = escaped(b, v15.Moment)
			b = append(b, "\">"...)
			b = escaped(b, v15.Day)
			b = append(b, "</time> <span>"...)
			b = escaped(b, v15.Times)
			b = append(b, "</span> <span>"...)
			b = escaped(b, v15.Label)
			for i16 := range v15.What {
				v16 := v15.What[i16]
				b = append(b, ", <bdi>"...)
				b = escaped(b, v16)
				b = append(b, "</bdi>"...)
			}
			if v15.Shown {
				b = append(b, " <b>"...)
				b = escaped(b, v15.State)
				b = append(b, "</b>"...)
			}
			if v15.Soon != "" {
				b = append(b, " <em class=\"mark\">"...)
				b = escaped(b, v15.Soon)
				b = append(b, "</em>"...)
			}
			if v15.Mark != "" {
				b = append(b, " <em class=\"mark\">"...)
				b = escaped(b, v15.Mark)
				b = append(b, "</em>"...)
			}
			b = append(b, "</span></li>"...)
		}
		b = append(b, "\n</ul>"...)
		if d.More != "" {
			b = append(b, "\n<p class=\"note\">"...)
			b = escaped(b, d.More)
			b = append(b, "</p>"...)
		}
		b = append(b, "\n</section>"...)
	}
	b = append(b, "\n<section class=\"room\" aria-labelledby=\"room\">\n<h2 id=\"room\">"...)
	b = escaped(b, d.W.Room)
	b = append(b, "</h2>"...)
	for range d.Room {
		b = append(b, "\n<div class=\"rule\"></div>"...)
	}
	b = append(b, "\n</section>"...)
	return b
}

func writeMonths(b []byte, d *page) []byte {
	b = append(b, "\n<section class=\"wide\" aria-labelledby=\"calendar\">\n<h2 id=\"calendar\">"...)
	b = escaped(b, d.W.Calendar)
	b = append(b, "</h2>\n<div class=\"months\">"...)
	for i18 := range d.Months {
		v18 := &d.Months[i18]
		if len(v18.Weeks) > 0 {
			b = append(b, "\n<div class=\"month\">\n<table>\n<caption>"...)
			b = escaped(b, v18.Title)
			b = append(b, "</caption>\n<thead>\n<tr>"...)
			for i19 := range v18.Weekdays {
				v19 := &v18.Weekdays[i19]
				b = append(b, "<th scope=\"col\"><abbr title=\""...)
				b = escaped(b, v19.Long)
				b = append(b, "\">"...)
				b = escaped(b, v19.Short)
				b = append(b, "</abbr></th>"...)
			}
			b = append(b, "</tr>\n</thead>\n<tbody>"...)
			for i20 := range v18.Weeks {
				v20 := v18.Weeks[i20]
				b = append(b, "\n<tr>"...)
				for i21 := range v20 {
					v21 := &v20[i21]
					if v21.Class != "" {
						b = append(b, "\n<td class=\""...)
						b = escaped(b, v21.Class)
						b = append(b, "\"><time class=\"day\" datetime=\""...)
						b = escaped(b, v21.Date)
						b = append(b, "\">"...)
						b = number(b, v21.Number)
						b = append(b, "</time>"...)
						if v21.Today != "" {
							b = append(b, " <em class=\"mark\">"...)
							b = escaped(b, v21.Today)
							b = append(b, "</em>"...)
						}
						for i22 := range v21.Visits {
							v22 := v21.Visits[i22]
							b = append(b, "\n<div class=\"visit "...)
							b = escaped(b, v22.Class)
							b = append(b, "\"><b>"...)
							b = escaped(b, v22.Label)
							b = append(b, "</b>"...)
							if v22.Struck {
								b = append(b, " <s>"...)
								b = escaped(b, v22.Time)
								b = append(b, "</s>"...)
							} else {
								if v22.Time != "" {
									b = append(b, " <span>"...)
									b = escaped(b, v22.Time)
									b = append(b, "</span>"...)
								} else {
									if v22.Times != "" {
										b = append(b, " <i>"...)
										b = escaped(b, v22.Times)
										b = append(b, "</i>"...)
									}
								}
							}
							if v22.Shown {
								b = append(b, " <em>"...)
								b = escaped(b, v22.State)
								b = append(b, "</em>"...)
							}
							b = append(b, "</div>"...)
						}
						b = append(b, "</td>"...)
					} else {
						if v21.Number != 0 {
							b = append(b, "<td>"...)
							b = number(b, v21.Number)
							b = append(b, "</td>"...)
						} else {
							b = append(b, "<td class=\"blank\"></td>"...)
						}
					}
				}
				b = append(b, "\n</tr>"...)
			}
			b = append(b, "\n</tbody>\n</table>\n</div>"...)
		} else {
			b = append(b, "\n<p class=\"row\"><b>"...)
			b = escaped(b, v18.Title)
			b = append(b, "</b>"...)
			for i23 := range v18.Line {
				v23 := v18.Line[i23]
				b = append(b, " <span class=\"on "...)
				b = escaped(b, v23.Class)
				b = append(b, "\">"...)
				if v23.StruckDay {
					b = append(b, "<s><time datetime=\""...)
					b = escaped(b, v23.Moment)
					b = append(b, "\">"...)
					b = escaped(b, v23.Brief)
					b = append(b, "</time></s>"...)
				} else {
					b = append(b, "<time datetime=\""...)
					b = escaped(b, v23.Moment)
					b = append(b, "\">"...)
					b = escaped(b, v23.Brief)
					b = append(b, "</time>"...)
				}
				if v23.Soon != "" {
					b = append(b, " <em class=\"mark\">"...)
					b = escaped(b, v23.Soon)
					b = append(b, "</em>"...)
				}
				if v23.Struck {
					b = append(b, " <s>"...)
					b = escaped(b, v23.Time)
					b = append(b, "</s>"...)
				} else {
					if v23.Time != "" {
						b = append(b, " "...)
						b = escaped(b, v23.Time)
					} else {
						if v23.Times != "" {
							b = append(b, " "...)
							b = escaped(b, v23.Times)
						}
					}
				}
				b = append(b, " <b>"...)
				b = escaped(b, v23.Label)
				b = append(b, "</b>"...)
				if v23.Shown {
					b = append(b, " <em>"...)
					b = escaped(b, v23.State)
					b = append(b, "</em>"...)
				}
				b = append(b, "</span>"...)
			}
			if len(v18.Line) == 0 {
				b = append(b, " <span class=\"none\">"...)
				b = escaped(b, d.W.NoVisits)
				b = append(b, "</span>"...)
			}
			b = append(b, "</p>"...)
		}
	}
	b = append(b, "\n</div>\n</section>"...)
	return b
}

func writeVisits(b []byte, d *page) []byte {
	b = append(b, "\n<section aria-labelledby=\"visits\">\n<h2 id=\"visits\">"...)
	b = escaped(b, d.W.Visits)
	b = append(b, "</h2>\n<div class=\"narrow\">"...)
	if len(d.Coming) > 0 {
		b = append(b, "\n<h3>"...)
		b = escaped(b, d.W.Coming)
		b = append(b, "</h3>\n<ul class=\"agenda\">"...)
		for i24 := range d.Coming {
			v24 := d.Coming[i24]
			b = writeItem(b, v24)
		}
		b = append(b, "\n</ul>"...)
	}
	if len(d.Later) > 0 {
		b = append(b, "\n<details"...)
		if d.LaterOpen {
			b = append(b, " open"...)
		}
		b = append(b, ">\n<summary>"...)
		b = escaped(b, d.LaterTitle)
		b = append(b, "</summary>"...)
		for i25 := range d.Later {
			v25 := &d.Later[i25]
			b = append(b, "\n<h3>"...)
			b = escaped(b, v25.Title)
			b = append(b, "</h3>\n<ul class=\"agenda\">"...)
			for i26 := range v25.Visits {
				v26 := v25.Visits[i26]
				b = writeItem(b, v26)
			}
			b = append(b, "\n</ul>"...)
		}
		b = append(b, "\n</details>"...)
	}
	if len(d.Past) > 0 {
		b = append(b, "\n<details>\n<summary>"...)
		b = escaped(b, d.PastTitle)
		b = append(b, "</summary>"...)
		for i27 := range d.Past {
			v27 := &d.Past[i27]
			b = append(b, "\n<h3>"...)
			b = escaped(b, v27.Title)
			b = append(b, "</h3>\n<ul class=\"agenda\">"...)
			for i28 := range v27.Visits {
				v28 := v27.Visits[i28]
				b = writeItem(b, v28)
			}
			b = append(b, "\n</ul>"...)
		}
		b = append(b, "\n</details>"...)
	}
	b = append(b, "\n</div>\n<table class=\"visits wide\" aria-labelledby=\"visits\">\n<thead>\n<tr><th scope=\"col\">"...)
	b = escaped(b, d.W.ColumnVisit)
	b = append(b, "</th><th scope=\"col\">"...)
	b = escaped(b, d.W.ColumnDate)
	b = append(b, "</th><th scope=\"col\">"...)
	b = escaped(b, d.W.ColumnTime)
	b = append(b, "</th><th scope=\"col\">"...)
	b = escaped(b, d.W.ColumnState)
	b = append(b, "</th>"...)
	if d.Doses {
		b = append(b, "<th scope=\"col\">"...)
		b = escaped(b, d.W.ColumnDose)
		b = append(b, "</th>"...)
	}
	b = append(b, "</tr>\n</thead>\n<tbody>"...)
	for i29 := range d.Visits {
		v29 := d.Visits[i29]
		b = append(b, "\n<tr class=\""...)
		b = escaped(b, v29.Class)
		b = append(b, "\">\n<th scope=\"row\">"...)
		b = escaped(b, v29.Label)
		for i30 := range v29.What {
			v30 := v29.What[i30]
			b = append(b, "<bdi class=\"name\">"...)
			b = escaped(b, v30)
			b = append(b, "</bdi>"...)
		}
		b = append(b, "</th>\n<td>"...)
		b = writeDay(b, v29)
		b = append(b, "</td>\n<td>"...)
		b = writeTimes(b, v29)
		b = append(b, "</td>\n<td>"...)
		b = escaped(b, v29.State)
		if v29.Mark != "" {
			b = append(b, " <em class=\"mark\">"...)
			b = escaped(b, v29.Mark)
			b = append(b, "</em>"...)
		}
		for i31 := range v29.Lines {
			v31 := &v29.Lines[i31]
			b = append(b, "<span class=\"line\">"...)
			b = writeKnown(b, v31)
			b = append(b, "</span>"...)
		}
		b = append(b, "</td>"...)
		if d.Doses {
			b = append(b, "\n<td class=\"dose\">"...)
			b = writeDoses(b, v29)
			b = append(b, "</td>"...)
		}
		b = append(b, "\n</tr>"...)
	}
	b = append(b, "\n</tbody>\n</table>\n</section>"...)
	return b
}
