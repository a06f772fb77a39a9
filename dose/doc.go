// Package dose says what to give: exact quantities, dose rules, limits.
package dose
