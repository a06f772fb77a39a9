/* What libical, with which GNOME and KDE read calendars, reads in a calendar, as
 * JSON. */

#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void fail(const char *name, const char *what, const char *detail)
{
	fprintf(stderr, "%s: %s %s\n", name, what, detail ? detail : "");
	exit(1);
}

static void text(const char *s)
{
	putchar('"');
	for (; s && *s; s++) {
		unsigned char c = *s;
		if (c == '"' || c == '\\')
			printf("\\%c", c);
		else if (c < ' ')
			printf("\\u%04x", c);
		else
			putchar(c);
	}
	putchar('"');
}

static void when(const char *name, struct icaltimetype t)
{
	char b[32];
	if (icaltime_is_null_time(t) || !icaltime_is_valid_time(t))
		fail(name, "no time", NULL);
	if (t.is_date) {
		printf("\"%04d-%02d-%02d\"", t.year, t.month, t.day);
		return;
	}
	if (!icaltime_is_utc(t) && !t.zone)
		fail(name, "no zone", icaltime_as_ical_string(t));
	time_t unix_time = icaltime_as_timet_with_zone(t, t.zone);
	strftime(b, sizeof b, "\"%Y-%m-%dT%H:%M:%SZ\"", gmtime(&unix_time));
	fputs(b, stdout);
}

/* errors fails for what the parser could not read. */
static void errors(const char *name, icalcomponent *c)
{
	icalproperty *p;
	icalcomponent *inner;
	for (p = icalcomponent_get_first_property(c, ICAL_XLICERROR_PROPERTY); p; p = icalcomponent_get_next_property(c, ICAL_XLICERROR_PROPERTY))
		fail(name, "refused:", icalproperty_get_xlicerror(p));
	for (inner = icalcomponent_get_first_component(c, ICAL_ANY_COMPONENT); inner; inner = icalcomponent_get_next_component(c, ICAL_ANY_COMPONENT))
		errors(name, inner);
}

static void event(const char *name, icalcomponent *e)
{
	icalproperty *p;
	icalcomponent *a;
	const char *comma = "";

	printf("{\"uid\":");
	text(icalcomponent_get_uid(e));
	printf(",\"start\":");
	when(name, icalcomponent_get_dtstart(e));
	printf(",\"end\":");
	when(name, icalcomponent_get_dtend(e));
	printf(",\"sequence\":%d,\"status\":", icalcomponent_get_sequence(e));
	text(icalenum_status_to_string(icalcomponent_get_status(e)));
	printf(",\"summary\":");
	text(icalcomponent_get_summary(e));
	printf(",\"description\":");
	text(icalcomponent_get_description(e));
	printf(",\"location\":");
	text(icalcomponent_get_location(e));
	printf(",\"categories\":[");
	for (p = icalcomponent_get_first_property(e, ICAL_CATEGORIES_PROPERTY); p; p = icalcomponent_get_next_property(e, ICAL_CATEGORIES_PROPERTY)) {
		fputs(comma, stdout);
		text(icalproperty_get_categories(p));
		comma = ",";
	}
	printf("],\"organizer\":");
	p = icalcomponent_get_first_property(e, ICAL_ORGANIZER_PROPERTY);
	icalparameter *cn = p ? icalproperty_get_first_parameter(p, ICAL_CN_PARAMETER) : NULL;
	text(cn ? icalparameter_get_cn(cn) : NULL);
	printf(",\"alarms\":[");
	comma = "";
	for (a = icalcomponent_get_first_component(e, ICAL_VALARM_COMPONENT); a; a = icalcomponent_get_next_component(e, ICAL_VALARM_COMPONENT)) {
		p = icalcomponent_get_first_property(a, ICAL_TRIGGER_PROPERTY);
		if (!p)
			fail(name, "no trigger", NULL);
		printf("%s{\"seconds\":%d,\"description\":", comma, icaldurationtype_as_int(icalproperty_get_trigger(p).duration));
		text(icalcomponent_get_description(a));
		putchar('}');
		comma = ",";
	}
	printf("]}");
}

static void calendar(const char *name)
{
	FILE *f = fopen(name, "rb");
	if (!f)
		fail(name, "cannot be opened", NULL);
	fseek(f, 0, SEEK_END);
	long n = ftell(f);
	rewind(f);
	char *b = malloc(n + 1);
	if (!b || fread(b, 1, n, f) != (size_t)n)
		fail(name, "cannot be read", NULL);
	b[n] = 0;
	fclose(f);
	icalcomponent *c = icalparser_parse_string(b);
	if (!c || icalcomponent_isa(c) != ICAL_VCALENDAR_COMPONENT)
		fail(name, "is no calendar:", icalerror_strerror(icalerrno));
	errors(name, c);
	int conforms = icalrestriction_check(c);
	errors(name, c);
	if (!conforms)
		fail(name, "breaks a restriction", NULL);
	const char *comma = "";
	for (icalcomponent *e = icalcomponent_get_first_component(c, ICAL_VEVENT_COMPONENT); e; e = icalcomponent_get_next_component(c, ICAL_VEVENT_COMPONENT)) {
		fputs(comma, stdout);
		event(name, e);
		comma = ",";
	}
	icalcomponent_free(c);
	free(b);
}

int main(int argc, char **argv)
{
	icalerror_set_errors_are_fatal(0);
	putchar('{');
	for (int i = 1; i < argc; i++) {
		if (i > 1)
			putchar(',');
		text(argv[i]);
		printf(":[");
		calendar(argv[i]);
		putchar(']');
	}
	putchar('}');
	return 0;
}
