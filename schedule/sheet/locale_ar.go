package sheet

import "time"

func arabic() Locale {
	weekdays := [7]string{"الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"}
	months := [12]string{"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"}
	return Locale{
		Tag: "ar", RightToLeft: true, Paper: A4, FirstWeekday: time.Saturday, Clock12: true, AM: "ص", PM: "م",
		Weekdays: weekdays, WeekdaysShort: weekdays, Months: months, MonthsShort: months,
		WeekdaysNarrow: [7]string{"ح", "ن", "ث", "ر", "خ", "ج", "س"},
		LongDate:       "{weekday}، {day} {month} {year}", Date: "{weekday}، {day} {month} {year}", DayMonth: "{day} {month}", Month: "{month} {year}",
		Comma: "، ", Decimal: ".", TimePattern: "{hour}:{minute} {half}",
		Words: Words{
			Title: "زياراتك", Next: "الزيارة القادمة", Calendar: "التقويم", Visits: "جميع الزيارات", Timeline: "المخطط الزمني", Contact: "للأسئلة أو التغييرات",
			AsOf: "بتاريخ {time}.", Zone: "الأوقات حسب توقيت {zone}.", Replaced: "أي ورقة أحدث تحل محل هذه الورقة.", None: "لا توجد زيارات مقررة.",
			Visit: "الزيارة {n}", VisitOf: "الزيارة {n} من {all}", VisitList: "الزيارات {list}", Other: "زيارة أخرى", FollowUp: "متابعة",
			ColumnVisit: "الزيارة", ColumnDate: "التاريخ", ColumnTime: "الوقت", ColumnState: "الحالة", ColumnWindow: "الأيام الممكنة", ColumnDose: "الجرعة", Or: "أو", NoDose: "تحدد الجرعة لاحقًا",
			Planned: "مقررة", Provisional: "مبدئية", Given: "تمت", Missed: "لم تتم", Cancelled: "ملغاة", Held: "معلقة",
			Lost: "غير مؤكدة", LostNote: "لا تحضر هذه الزيارات ما لم تؤكدها العيادة: {list}.",
			OnHold: "العلاج معلق حاليًا.", Stopped: "تم إيقاف العلاج.", Completed: "اكتمل العلاج.", RunOut: "لم تحدد زيارات أخرى بعد.",
			LeftOut: "بلا موعد", NoTime: "يحدد الوقت لاحقًا", NoDate: "يحدد التاريخ لاحقًا",
			ToDo: "ما يجب فعله", Before: "قبل الزيارة", During: "أثناء الزيارة", After: "بعد الزيارة",
			DayBefore: "{time} في اليوم السابق", NextDay: "{time} في اليوم التالي", DaysBefore: "{time} (قبل الزيارة، عدد الأيام: {n})", DaysAfter: "{time} (بعد الزيارة، عدد الأيام: {n})",
			Range: "{from} إلى {to}", Hours: "{n} س", Minutes: "{n} د",
			Arrival:   MomentWords{"{time} قبل وصولك", "عند وصولك", "{time} بعد وصولك"},
			Start:     MomentWords{"{time} قبل بدء العلاج", "عند بدء العلاج", "{time} بعد بدء العلاج"},
			End:       MomentWords{"{time} قبل انتهاء العلاج", "عند انتهاء العلاج", "{time} بعد انتهاء العلاج"},
			Departure: MomentWords{"{time} قبل مغادرتك", "عند مغادرتك", "{time} بعد مغادرتك"},
			Decisions: "القرارات", Decision: "بعد الزيارة {n} يتقرر معك كيف يستمر العلاج.", Decided: "بعد الزيارة {n} تقرر معك كيف يستمر العلاج.",
			Depends: "الزيارات اللاحقة موسومة بكلمة «{state}» لأنها تتوقف على ذلك.", Checkpoint: "قرار", Worksheets: "حساب الجرعات",
		},
	}
}
