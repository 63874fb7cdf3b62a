#!/bin/sh
# server.sh start|stop|kill|freeze|thaw DIR: a PostgreSQL server of Debian's packages with
# everything in DIR, reached by the socket there alone. It refuses to be root's,
# so root starts it as nobody. Without an installed server the status is 77.
# In DIR/settings more lines may stand, which are its own.
set -eu
verb=$1
dir=$2

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)
[ -x "${bin:-/nowhere}/initdb" ] || {
	echo "no PostgreSQL server is installed (apt-get install postgresql)"
	exit 77
}

as_nobody() {
	if [ "$(id -u)" = 0 ]; then
		setpriv --reuid=65534 --regid=65534 --clear-groups env HOME="$dir" "$@"
	else
		"$@"
	fi
}

# What is written is lost with the machine, which is what a test is for.
quick="listen_addresses = ''
unix_socket_directories = '$dir'
fsync = off
shared_buffers = 16MB
max_connections = 60"

case $verb in
start)
	mkdir -p "$dir"
	[ "$(id -u)" != 0 ] || chown -R 65534:65534 "$dir"
	chmod 711 "$dir"
	if [ ! -d "$dir/data" ]; then
		as_nobody "$bin/initdb" -D "$dir/data" -U foyer --no-sync -A trust \
			-E UTF8 --locale=C.UTF-8 \
			--locale-provider=icu --icu-locale=en >"$dir/initdb.log" 2>&1 </dev/null
	fi
	printf '%s\n' "$quick" | cat - "$dir/settings" 2>/dev/null \
		>>"$dir/data/postgresql.conf" || true
	as_nobody "$bin/pg_ctl" -D "$dir/data" -w -t 60 -l "$dir/log" start \
		>/dev/null 2>&1 </dev/null
	;;
copy) # a standby of the one in $3
	mkdir -p "$dir"
	[ "$(id -u)" != 0 ] || chown 65534:65534 "$dir"
	as_nobody "$bin/pg_basebackup" -D "$dir/data" -h "$3" -U foyer -R \
		-X stream -c fast >/dev/null 2>&1 </dev/null
	;;
promote)
	as_nobody "$bin/pg_ctl" -D "$dir/data" -w promote >/dev/null 2>&1 </dev/null
	;;
freeze) # it takes calls and answers none
	main=$(head -n 1 "$dir/data/postmaster.pid")
	kill -STOP "$main" $(cat "/proc/$main/task/$main/children")
	;;
thaw)
	main=$(head -n 1 "$dir/data/postmaster.pid")
	kill -CONT "$main" $(cat "/proc/$main/task/$main/children")
	;;
stop)
	[ ! -e "$dir/data/postmaster.pid" ] || sh "$0" thaw "$dir" || true
	as_nobody "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1 \
		</dev/null || true
	;;
kill)
	kill -9 "$(head -n 1 "$dir/data/postmaster.pid")"
	;;
esac
