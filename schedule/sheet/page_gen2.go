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
	for i15 := range d.Next.What {
		v15 := d.Next.What[i15]
		b = escaped(b, d.Comma)
		b = append(b, "<bdi>"...)
		b = escaped(b, v15)
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
		for i16 := range d.Next.Facts {
			v16 := &d.Next.Facts[i16]
			b = append(b, "\n<div"...)
			if v16.Boxes {
				b = append(b, " class=\"boxes\""...)
			}
			b = append(b, ">\n<dt>"...)
			b = escaped(b, v16.Term)
			b = append(b, "</dt>"...)
			for i17 := range v16.Lines {
				v17 := &v16.Lines[i17]
				b = append(b, "\n<dd>"...)
				b = writeLine(b, v17)
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
		for i18 := range d.Ticks {
			v18 := d.Ticks[i18]
			b = append(b, "\n<li class=\""...)
			b = escaped(b, v18.Class)
			b = append(b, "\"><time datetime=\""...)
			b = escaped(b, v18.Moment)
			b = append(b, "\">"...)
			b = escaped(b, v18.Day)
			b = append(b, "</time> <span>"...)
			b = escaped(b, v18.Times)
			b = append(b, "</span> <span>"...)
			b = escaped(b, v18.Label)
			for i19 := range v18.What {
				v19 := v18.What[i19]
				b = append(b, ", <bdi>"...)
				b = escaped(b, v19)
				b = append(b, "</bdi>"...)
			}
			if v18.Shown {
				b = append(b, " <b>"...)
				b = escaped(b, v18.State)
				b = append(b, "</b>"...)
			}
			if v18.Soon != "" {
				b = append(b, " <em class=\"mark\">"...)
				b = escaped(b, v18.Soon)
				b = append(b, "</em>"...)
			}
			if v18.Mark != "" {
				b = append(b, " <em class=\"mark\">"...)
				b = escaped(b, v18.Mark)
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
	for i21 := range d.Months {
		v21 := &d.Months[i21]
		if len(v21.Weeks) > 0 {
			b = append(b, "\n<div class=\"month\">\n<table>\n<caption>"...)
			b = escaped(b, v21.Title)
			b = append(b, "</caption>\n<thead>\n<tr>"...)
			for i22 := range v21.Weekdays {
				v22 := &v21.Weekdays[i22]
				b = append(b, "<th scope=\"col\"><abbr title=\""...)
				b = escaped(b, v22.Long)
				b = append(b, "\">"...)
				b = escaped(b, v22.Short)
				b = append(b, "</abbr></th>"...)
			}
			b = append(b, "</tr>\n</thead>\n<tbody>"...)
			for i23 := range v21.Weeks {
				v23 := v21.Weeks[i23]
				b = append(b, "\n<tr>"...)
				for i24 := range v23 {
					v24 := &v23[i24]
					if v24.Class != "" {
						b = append(b, "\n<td class=\""...)
						b = escaped(b, v24.Class)
						b = append(b, "\"><time class=\"day\" datetime=\""...)
						b = escaped(b, v24.Date)
						b = append(b, "\">"...)
						b = number(b, v24.Number)
						b = append(b, "</time>"...)
						if v24.Today != "" {
							b = append(b, " <em class=\"mark\">"...)
							b = escaped(b, v24.Today)
							b = append(b, "</em>"...)
						}
						for i25 := range v24.Visits {
							v25 := v24.Visits[i25]
							b = append(b, "\n<div class=\"visit "...)
							b = escaped(b, v25.Class)
							b = append(b, "\"><b>"...)
							b = escaped(b, v25.Label)
							b = append(b, "</b>"...)
							if v25.Struck {
								b = append(b, " <s>"...)
								b = escaped(b, v25.Time)
								b = append(b, "</s>"...)
							} else {
								if v25.Time != "" {
									b = append(b, " <span>"...)
									b = escaped(b, v25.Time)
									b = append(b, "</span>"...)
								} else {
									if v25.Times != "" {
										b = append(b, " <i>"...)
										b = escaped(b, v25.Times)
										b = append(b, "</i>"...)
									}
								}
							}
							if v25.Shown {
								b = append(b, " <em>"...)
								b = escaped(b, v25.State)
								b = append(b, "</em>"...)
							}
							b = append(b, "</div>"...)
						}
						b = append(b, "</td>"...)
					} else {
						if v24.Number != 0 {
							b = append(b, "<td>"...)
							b = number(b, v24.Number)
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
			b = escaped(b, v21.Title)
			b = append(b, "</b>"...)
			for i26 := range v21.Line {
				v26 := v21.Line[i26]
				b = append(b, " <span class=\"on "...)
				b = escaped(b, v26.Class)
				b = append(b, "\">"...)
				if v26.StruckDay {
					b = append(b, "<s><time datetime=\""...)
					b = escaped(b, v26.Moment)
					b = append(b, "\">"...)
					b = escaped(b, v26.Brief)
					b = append(b, "</time></s>"...)
				} else {
					b = append(b, "<time datetime=\""...)
					b = escaped(b, v26.Moment)
					b = append(b, "\">"...)
					b = escaped(b, v26.Brief)
					b = append(b, "</time>"...)
				}
				if v26.Soon != "" {
					b = append(b, " <em class=\"mark\">"...)
					b = escaped(b, v26.Soon)
					b = append(b, "</em>"...)
				}
				if v26.Struck {
					b = append(b, " <s>"...)
					b = escaped(b, v26.Time)
					b = append(b, "</s>"...)
				} else {
					if v26.Time != "" {
						b = append(b, " "...)
						b = escaped(b, v26.Time)
					} else {
						if v26.Times != "" {
							b = append(b, " "...)
							b = escaped(b, v26.Times)
						}
					}
				}
				b = append(b, " <b>"...)
				b = escaped(b, v26.Label)
				b = append(b, "</b>"...)
				if v26.Shown {
					b = append(b, " <em>"...)
					b = escaped(b, v26.State)
					b = append(b, "</em>"...)
				}
				b = append(b, "</span>"...)
			}
			if len(v21.Line) == 0 {
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
		for i27 := range d.Coming {
			v27 := d.Coming[i27]
			b = writeItem(b, v27)
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
		for i28 := range d.Later {
			v28 := &d.Later[i28]
			b = append(b, "\n<h3>"...)
			b = escaped(b, v28.Title)
			b = append(b, "</h3>\n<ul class=\"agenda\">"...)
			for i29 := range v28.Visits {
				v29 := v28.Visits[i29]
				b = writeItem(b, v29)
			}
			b = append(b, "\n</ul>"...)
		}
		b = append(b, "\n</details>"...)
	}
	if len(d.Past) > 0 {
		b = append(b, "\n<details>\n<summary>"...)
		b = escaped(b, d.PastTitle)
		b = append(b, "</summary>"...)
		for i30 := range d.Past {
			v30 := &d.Past[i30]
			b = append(b, "\n<h3>"...)
			b = escaped(b, v30.Title)
			b = append(b, "</h3>\n<ul class=\"agenda\">"...)
			for i31 := range v30.Visits {
				v31 := v30.Visits[i31]
				b = writeItem(b, v31)
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
	for i32 := range d.Visits {
		v32 := d.Visits[i32]
		b = append(b, "\n<tr class=\""...)
		b = escaped(b, v32.Class)
		b = append(b, "\">\n<th scope=\"row\">"...)
		b = escaped(b, v32.Label)
		for i33 := range v32.What {
			v33 := v32.What[i33]
			b = append(b, "<bdi class=\"name\">"...)
			b = escaped(b, v33)
			b = append(b, "</bdi>"...)
		}
		b = append(b, "</th>\n<td>"...)
		b = writeDay(b, v32)
		b = append(b, "</td>\n<td>"...)
		b = writeTimes(b, v32)
		b = append(b, "</td>\n<td>"...)
		b = escaped(b, v32.State)
		if v32.Mark != "" {
			b = append(b, " <em class=\"mark\">"...)
			b = escaped(b, v32.Mark)
			b = append(b, "</em>"...)
		}
		for i34 := range v32.Lines {
			v34 := &v32.Lines[i34]
			b = append(b, "<span class=\"line\">"...)
			b = writeKnown(b, v34)
			b = append(b, "</span>"...)
		}
		b = append(b, "</td>"...)
		if d.Doses {
			b = append(b, "\n<td class=\"dose\">"...)
			b = writeDoses(b, v32)
			b = append(b, "</td>"...)
		}
		b = append(b, "\n</tr>"...)
	}
	b = append(b, "\n</tbody>\n</table>\n</section>"...)
	return b
}
