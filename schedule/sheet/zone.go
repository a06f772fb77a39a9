package sheet

import (
	"cmp"
	"strings"
)

// zoneName returns what people call the clinic's zone: what the caller calls it, else
// the time of a city, "New York time". A zone that is called by no city keeps its name.
func (v *view) zoneName() string {
	if v.ZoneName != "" {
		return v.ZoneName
	}
	id := v.zone.String()
	city, known := v.Locale.Zones[id]
	if !known {
		area, rest, found := strings.Cut(id, "/")
		if !found || area == "Etc" {
			return id
		}
		city = strings.ReplaceAll(rest[strings.LastIndexByte(rest, '/')+1:], "_", " ")
	}
	return fill(v.Locale.Words.ZoneTime, "{city}", cmp.Or(city, id))
}

// germanZones and the others have the cities whose zones are not called as in English.
func germanZones() map[string]string {
	return map[string]string{
		"Europe/Vienna": "Wien", "Europe/Zurich": "Zürich", "Europe/Brussels": "Brüssel", "Europe/Copenhagen": "Kopenhagen", "Europe/Rome": "Rom",
		"Europe/Athens": "Athen", "Europe/Lisbon": "Lissabon", "Europe/Warsaw": "Warschau", "Europe/Prague": "Prag", "Europe/Luxembourg": "Luxemburg",
		"Europe/Moscow": "Moskau", "Europe/Bucharest": "Bukarest", "Europe/Kyiv": "Kyjiw", "Europe/Belgrade": "Belgrad", "Africa/Cairo": "Kairo",
		"Asia/Jerusalem": "Jerusalem", "Asia/Riyadh": "Riad", "Asia/Kolkata": "Kalkutta", "Asia/Tokyo": "Tokio", "Asia/Singapore": "Singapur",
		"America/Mexico_City": "Mexiko-Stadt", "America/Sao_Paulo": "São Paulo", "America/Bogota": "Bogotá",
	}
}

func spanishZones() map[string]string {
	return map[string]string{
		"Europe/London": "Londres", "Europe/Paris": "París", "Europe/Berlin": "Berlín", "Europe/Vienna": "Viena", "Europe/Zurich": "Zúrich",
		"Europe/Brussels": "Bruselas", "Europe/Copenhagen": "Copenhague", "Europe/Stockholm": "Estocolmo", "Europe/Rome": "Roma", "Europe/Athens": "Atenas",
		"Europe/Lisbon": "Lisboa", "Europe/Warsaw": "Varsovia", "Europe/Prague": "Praga", "Europe/Luxembourg": "Luxemburgo", "Europe/Moscow": "Moscú",
		"Europe/Amsterdam": "Ámsterdam", "Europe/Dublin": "Dublín", "Europe/Istanbul": "Estambul", "Atlantic/Canary": "Canarias",
		"Africa/Cairo": "El Cairo", "Asia/Jerusalem": "Jerusalén", "Asia/Tokyo": "Tokio", "Asia/Singapore": "Singapur",
		"America/New_York": "Nueva York", "America/Los_Angeles": "Los Ángeles", "America/Mexico_City": "Ciudad de México", "America/Havana": "La Habana",
		"America/Panama": "Panamá", "America/Bogota": "Bogotá", "America/Asuncion": "Asunción", "America/Sao_Paulo": "São Paulo",
		"America/Argentina/Buenos_Aires": "Buenos Aires",
	}
}

func arabicZones() map[string]string {
	return map[string]string{
		"Africa/Cairo": "القاهرة", "Africa/Casablanca": "الدار البيضاء", "Africa/Algiers": "الجزائر", "Africa/Tunis": "تونس", "Africa/Tripoli": "طرابلس",
		"Africa/Khartoum": "الخرطوم", "Asia/Riyadh": "الرياض", "Asia/Dubai": "دبي", "Asia/Qatar": "قطر", "Asia/Kuwait": "الكويت", "Asia/Bahrain": "البحرين",
		"Asia/Muscat": "مسقط", "Asia/Aden": "عدن", "Asia/Baghdad": "بغداد", "Asia/Amman": "عمان", "Asia/Beirut": "بيروت", "Asia/Damascus": "دمشق",
		"Asia/Jerusalem": "القدس", "Asia/Gaza": "غزة", "Asia/Hebron": "الخليل", "Europe/London": "لندن", "Europe/Paris": "باريس", "Europe/Berlin": "برلين",
		"Europe/Vienna": "فيينا", "Europe/Zurich": "زيورخ", "Europe/Madrid": "مدريد", "Europe/Rome": "روما", "Europe/Amsterdam": "أمستردام",
		"Europe/Brussels": "بروكسل", "Europe/Stockholm": "ستوكهولم", "Europe/Istanbul": "إسطنبول", "America/New_York": "نيويورك",
		"America/Chicago": "شيكاغو", "America/Los_Angeles": "لوس أنجلوس", "America/Toronto": "تورونتو",
	}
}
