package sheet

import "time"

func arabic() Locale {
	weekdays := [7]string{"الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"}
	months := [12]string{"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"}
	return Locale{
		Tag: "ar", RightToLeft: true, Paper: A4, FirstWeekday: time.Saturday, Clock12: true, AM: "ص", PM: "م",
		Zones:    arabicZones(),
		Weekdays: weekdays, WeekdaysShort: weekdays, Months: months, MonthsShort: months,
		WeekdaysNarrow: [7]string{"ح", "ن", "ث", "ر", "خ", "ج", "س"},
		LongDate:       "{weekday}، {day} {month} {year}", Date: "{weekday}، {day} {month} {year}", DayMonth: "{day} {month}", Month: "{month} {year}",
		Comma: "، ", Decimal: ".", TimePattern: "{hour}:{minute} {half}",
		Words: Words{
			Title: "زياراتك", Next: "الزيارة القادمة", Calendar: "التقويم", Visits: "جميع الزيارات", Timeline: "المخطط الزمني",
			AsOf: "بتاريخ {time}.", Zone: "الأوقات حسب توقيت {zone}.", Replaced: "أي ورقة أحدث تحل محل هذه الورقة.", None: "لا توجد زيارات مقررة.",
			Visit: "الزيارة {n}", VisitOf: "الزيارة {n} من {all}", VisitList: "الزيارات {list}", Other: "زيارة أخرى", FollowUp: "متابعة", Monitoring: "فحص دوري",
			ColumnVisit: "الزيارة", ColumnDate: "التاريخ", ColumnTime: "الوقت", ColumnState: "الحالة", ColumnWindow: "الأيام الممكنة", ColumnDose: "الجرعة", Or: "أو", NoDose: "تحدد الجرعة لاحقًا",
			Planned: "مقررة", Provisional: "بانتظار التأكيد", Given: "تمت", Missed: "لم تتم", Cancelled: "ملغاة", Held: "معلقة",
			Lost: "تحتاج موعدًا آخر", LostNote: "لا تحضر هذه الزيارات ما لم تؤكدها العيادة: {list}.",
			OnHold: "العلاج معلق حاليًا.", Stopped: "تم إيقاف العلاج.", Completed: "اكتمل العلاج.", RunOut: "لم تحدد زيارات أخرى بعد.",
			LeftOut: "بلا موعد", NoTime: "يحدد الوقت لاحقًا", NoDate: "يحدد التاريخ لاحقًا",
			ToDo: "ما يجب فعله", Before: "قبل الزيارة", During: "أثناء الزيارة", After: "بعد الزيارة",
			DayBefore: "{time} في اليوم السابق", NextDay: "{time} في اليوم التالي", DaysBefore: "{time} (قبل الزيارة، عدد الأيام: {n})", DaysAfter: "{time} (بعد الزيارة، عدد الأيام: {n})",
			Range: "{from} إلى {to}", Hours: "{n} س", Minutes: "{n} د",
			Arrival:   MomentWords{"{time} قبل وصولك", "عند وصولك", "{time} بعد وصولك"},
			Start:     MomentWords{"{time} قبل بدء العلاج", "عند بدء العلاج", "{time} بعد بدء العلاج"},
			End:       MomentWords{"{time} قبل انتهاء العلاج", "عند انتهاء العلاج", "{time} بعد انتهاء العلاج"},
			Departure: MomentWords{"{time} قبل مغادرتك", "عند مغادرتك", "{time} بعد مغادرتك"},
			Take:      "تناول {what}", Medicine: "دواءك", IfNeeded: "عند الحاجة",
			Decisions: "القرارات", Decision: "بعد الزيارة {n} يتقرر معك كيف يستمر العلاج.", Decided: "بعد الزيارة {n} تقرر معك كيف يستمر العلاج.",
			Depends: "الزيارات اللاحقة موسومة بكلمة «{state}» لأنها تتوقف على ذلك.", Checkpoint: "قرار", Worksheets: "حساب الجرعات",
			ZoneTime: "{city}", Today: "اليوم", Tomorrow: "غدًا", Coming: "الزيارات القادمة", Later: "زيارات لاحقة ({n})", Past: "زيارات سابقة ({n})", NoVisits: "لا زيارات",
			Movable: "يمكن نقلها إلى {days}: يرجى الاتصال.", Overdue: "لم تسجل بعد", GoesOn: "العلاج مستمر.",
			Where: "المكان", Bring: "أحضر معك", Note: "يرجى الانتباه", Home: "مرافقك إلى البيت", HomeOpen: "لم يحدد بعد", EveryVisit: "لكل زيارة",
			Contact: "بمن تتصل", Appointments: "للأسئلة أو التغييرات", Unwell: "إذا شعرت بتوعك", Emergency: "في حالات الطوارئ", Always: "ليلًا ونهارًا",
			AskClinic: "للأسئلة أو التغييرات اسأل العيادة.",
			Since:     "ما تغير منذ {time}", Unchanged: "لم يتغير شيء منذ {time}.", New: "جديدة", Changed: "تغيرت", Was: "سابقًا: {was}",
			NowVisit: "{visit}: جديدة، {now}", MovedVisit: "{visit}: الآن {now}، سابقًا {was}", OtherState: "{visit}: {state}", Gone: "لم تعد مقررة",
			OtherDays: "{visit}: أيام أو أوقات أخرى مبينة أدناه", OtherTasks: "{visit}: تغير ما يجب فعله",
			OtherDose: "{visit}: تغيرت الجرعة", OtherCount: "عدد الزيارات الآن {n} وكان {was}.",
			Room: "ملاحظات", More: "عدد الزيارات التي لا تتسع لها هذه الصفحة: {n}. اطلب ورقة جديدة في الوقت المناسب.",
			ResultDue: "{name}: النتيجة مطلوبة", ResultNotOK: "{name}: النتيجة غير مقبولة", ResultWithin: "لا يزيد عمرها على {n} أيام", ResultToday: "من اليوم نفسه",
			Checks: "الفحوص الدورية", Verdict: "يمكن متابعة العلاج", OK: "نعم", NotOK: "لا",
			ToGive: "ما يُعطى", ColumnMedicine: "الدواء",
			SignOff: "التوقيع", Task: "المهمة", PlannedTime: "المقرر", Result: "النتيجة", Initials: "الأحرف الأولى",
			DosePlanned: "الجرعة المقررة", DoseGiven: "الجرعة المعطاة", Weight: "الوزن اليوم", GivenBy: "أعطاها", CheckedBy: "راجعها", GivenTime: "وقت الإعطاء",
		},
	}
}
