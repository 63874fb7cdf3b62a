# paper.awk -v kernel=VERSION -v owners=FILE -v hashes=FILE -v made=FILE LISTED
# A line a file: part, mode, type, owner, hash, path, and where a link leads.
# LISTED is find's: part, mode, type, path, link, size. A file that no package
# and no tree brought must be among the made ones.
BEGIN {
	FS = OFS = "\t"
	while ((getline line <owners) > 0) {
		split(line, word, "\t")
		owner[word[2]] = word[1]
	}
	while ((getline line <hashes) > 0) {
		part = substr(line, 1, 4)
		hash[part "\t" substr(line, 73)] = substr(line, 7, 64)
	}
	while ((getline line <made) > 0) {
		gsub(/[.+]/, "\\\\&", line)
		gsub(/\*/, ".*", line)
		pattern[++patterns] = "^" line "$"
	}
}

function whose(part, path, kind,    at, base, i) {
	if (kind == "d")
		return "-"
	at = part == "root" ? path : part "/" path
	if (at in owner)
		return owner[at]
	for (i = 1; i <= patterns; i++)
		if (at ~ pattern[i])
			return "made"
	return "nobody"
}

{
	sum = ($1 "\t" $4) in hash ? hash[$1 "\t" $4] : "-"
	print $1, $2, $3, whose($1, $4, $3), sum, $4, ($5 == "" ? "-" : $5)
}
