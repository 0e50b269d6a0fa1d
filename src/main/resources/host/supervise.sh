#!/bin/sh
# Runs one script to its end, whether or not the program that started this lives on: bounds its time and its output, ends
# all that it leaves behind, and writes down how it ended. One run per folder: whoever makes "begun" first runs it.
#
# supervise.sh FOLDER SECONDS GRACE BYTES PROGRAM [ARGUMENT...]
#   FOLDER   of the run; gets begun/, output, dropped (bytes that were not kept) and, last, result
#   SECONDS  that it may take; then SIGTERM, and GRACE seconds later SIGKILL
# Says one line: begun, or why not.
set -u
umask 077
folder=$1 limit=$2 grace=$3 most=$4
shift 4

# The processes with a mark in their environment.
marked() { grep -lsF "$1=$folder" /proc/[0-9]*/environ | cut -d/ -f3; }

# Sends a signal to every process of the run: to its group, and to what has left that or lost its parent.
all() {
    kill -s "$1" -- "-$script"
    for pid in $(marked INCIDENT_ORCHESTRATOR_RUN); do kill -s "$1" "$pid"; done
}

# Waits in a process that can be found and ended: the shell that waits is killed, because a signal that it could hear is
# lost when it comes just as the shell is made.
rest() {
    INCIDENT_ORCHESTRATOR_REST=$folder sleep "$1" &
    wait $!
}

# Ends the run, and sees to it that it does. In a shell of its own.
stop() {
    all TERM
    rest "$grace"
    all KILL
}

watch() {
    rest "$limit"
    [ -e "$folder/stopped" ] || echo timeLimit >"$folder/stopped"
    stop
}

wake() {
    kill -s KILL "$@"
    for pid in $(marked INCIDENT_ORCHESTRATOR_REST); do kill -s KILL "$pid"; done
}

# Heard before there is anything to end: who asks in the middle of the start is answered after it.
script='' asked='' enders=''
ask() {
    asked=yes
    [ -n "$script" ] || return 0
    [ -e "$folder/stopped" ] || echo signal >"$folder/stopped"
    stop & enders="$enders $!"
}
trap ask TERM INT HUP

for tool in setsid mkfifo head wc grep cut sleep; do
    command -v "$tool" >/dev/null || { echo "this host has no $tool"; exit 69; }
done
mkfifo "$folder/pipe.$$" || { echo "cannot make a pipe in $folder"; exit 73; }
mkdir "$folder/begun" 2>/dev/null || { rm -f "$folder/pipe.$$"; echo 'begun before'; exit 0; }
echo $$ >"$folder/begun/pid"
mv "$folder/pipe.$$" "$folder/pipe"
began=$(date +%s)
(echo begun) # in a shell of its own, which is all that dies when nobody listens any more
exec </dev/null >/dev/null 2>&1

{ head -c "$most" >"$folder/output"; wc -c >"$folder/dropped"; } <"$folder/pipe" &
reader=$!
INCIDENT_ORCHESTRATOR_RUN=$folder setsid "$@" >"$folder/pipe" 2>&1 &
script=$!
[ -z "$asked" ] || ask
watch &
watchdog=$!

wait "$script"; status=$?
while kill -0 "$script"; do wait "$script"; status=$?; done
wake "$watchdog" $enders

# What outlives the script: more than once, because it may be making new processes.
for again in 1 2 3; do all KILL; done
(rest "$grace"; kill "$reader") & # what has shaken off the mark too may keep the pipe open
patience=$!
wait "$reader"
wake "$patience"

dropped=$(cat "$folder/dropped")
{
    echo "exit=$status"
    echo "stopped=$(cat "$folder/stopped")"
    echo "dropped=${dropped:-0}"
    echo "seconds=$(($(date +%s) - began))"
} >"$folder/result.part"
rm -f "$folder/pipe"
mv "$folder/result.part" "$folder/result"
