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

# Sends a signal to every process of the run: to its group, and to what has left that or lost its parent, but still has
# the mark in its environment.
all() {
    kill -s "$1" -- "-$script"
    for pid in $(grep -lsF "INCIDENT_ORCHESTRATOR_RUN=$folder" /proc/[0-9]*/environ | cut -d/ -f3); do
        kill -s "$1" "$pid"
    done
}

# Ends the run when its time is over, or on SIGUSR1; SIGTERM says that it has ended by itself.
watch() {
    nap=
    trap 'kill $nap; exit 0' TERM
    trap 'kill $nap' USR1
    sleep "$limit" & nap=$!
    wait "$nap"
    [ -e "$folder/stopped" ] || echo timeLimit >"$folder/stopped"
    all TERM
    sleep "$grace" & nap=$!
    wait "$nap"
    all KILL
}

{ head -c "$most" >"$folder/output"; wc -c >"$folder/dropped"; } <"$folder/pipe" &
reader=$!
INCIDENT_ORCHESTRATOR_RUN=$folder setsid "$@" >"$folder/pipe" 2>&1 &
script=$!
watch &
watchdog=$!
trap '[ -e "$folder/stopped" ] || echo signal >"$folder/stopped"; kill -s USR1 "$watchdog"' TERM INT HUP

wait "$script"; status=$?
while kill -0 "$script"; do wait "$script"; status=$?; done
kill "$watchdog"

# What outlives the script: more than once, because it may be making new processes.
for again in 1 2 3; do all KILL; done
{ # what has shaken off the mark too may keep the pipe open
    nap=
    trap 'kill $nap; exit 0' TERM
    sleep "$grace" & nap=$!
    wait "$nap" && kill "$reader"
} &
patience=$!
wait "$reader"
kill "$patience"

dropped=$(cat "$folder/dropped")
{
    echo "exit=$status"
    echo "stopped=$(cat "$folder/stopped")"
    echo "dropped=${dropped:-0}"
    echo "seconds=$(($(date +%s) - began))"
} >"$folder/result.part"
rm -f "$folder/pipe"
mv "$folder/result.part" "$folder/result"
