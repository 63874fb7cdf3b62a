# What lobby.sh leads a visitor by; shot.sh reads it. WALK is how they answer:
#
#   answered  the first answer of one, some of several, 12 March 1999 or its
#             digits where one writes
#   skipped   nothing at all
#
# NAME, if it is not empty, is written in the first field; OWN is the key of the
# language, TICKET the file that the ticket goes to, which ends the walk.
#
# A key that answered has moved on, and then the heading is another one; where
# it is not, several can be checked, or there is something to write.

# The heading's rows, without the dots above it: their number changes by itself.
top_of() {
	convert "$1" -crop "x$((SHOT_LINE * 3))+0+$SHOT_LINE" +repage "gray:$1.top"
}
moved_on() {
	top_of "$runtime/run/before.png"
	top_of "$runtime/run/old.png"
	! cmp -s "$runtime/run/before.png.top" "$runtime/run/old.png.top"
}
remember() {
	cp "$runtime/run/old.png" "$runtime/run/before.png"
}

step=0
keep_next() {
	step=$((step + 1))
	keep "$(printf %02d $step)"
}

# Where 12 March 1999 is no day: back, and past what was asked there.
passed=0
go_round() {
	passed=6
	for part in year month day calendar; do
		press '\033'
	done
}

answer() {
	press 1
	moved_on && return
	# Something to read: nothing happens but for yes.
	if cmp -s "$runtime/run/before.png" "$runtime/run/old.png"; then
		press '\r'
		return
	fi
	if [ -n "$NAME" ]; then
		press '\177'
		press "$NAME"
		NAME=
	else
		for digit in 2 3 1 9 9 9; do
			printf "$digit" 1<>"$runtime/keys"
		done
		await_still
	fi
	moved_on && return
	keep_next
	press '\t'
	moved_on || press '\r'
	moved_on || go_round
}

keep_next
press '\r'
keep_next
press "$OWN"
# What lies over a question: a person, and starting over.
for key in '\033OP' '\033[20~'; do
	press "$key"
	keep_next
	press '\033'
done
while [ ! -s "$TICKET" ] && [ $step -lt 60 ]; do
	keep_next
	remember
	if [ "$WALK" = skipped ] || [ $passed -gt 0 ]; then
		passed=$((passed - 1))
		press '\t'
		moved_on || press '\r'
	else
		answer
	fi
done
keep_next
