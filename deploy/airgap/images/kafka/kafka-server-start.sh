#!/usr/bin/env bash
# Starts the broker with a settings file, as the script of that name in the official image.
#   kafka-server-start.sh FILE
set -euo pipefail
settings=${1:?the settings file}
archive=/opt/kafka/classes.jsa
read -ra heap <<<"${KAFKA_HEAP_OPTS:--Xmx512m -Xms256m}"
read -ra jvm <<<"${KAFKA_JVM_PERFORMANCE_OPTS:--XX:+UseSerialGC -XX:TieredStopAtLevel=1}"
read -ra own <<<"${KAFKA_OPTS:-}"
# Sorted: an archive of loaded classes is valid for one order of the class path only.
class_path=$(printf '%s\n' /opt/kafka/libs/*.jar | LC_ALL=C sort | paste -sd:)
java=(java "${heap[@]}" "${jvm[@]}" -Djava.awt.headless=true -Dkafka.logs.dir=/opt/kafka/logs
  -Dlog4j2.configurationFile="$(dirname "$settings")/log4j2.yaml" "${own[@]}")
if [ -n "${KEZEK_RECORD_CLASSES:-}" ]; then
  # While the image is built: the classes of one start are kept, so that later starts need not read them again.
  "${java[@]}" -XX:ArchiveClassesAtExit="$archive" -cp "$class_path" kafka.Kafka "$settings" &
  until (: <>/dev/tcp/localhost/9092) 2>/dev/null; do sleep 0.2; kill -0 $!; done
  sleep 1
  kill -TERM $!
  wait $! || [ $? = 143 ]
  exit 0
fi
exec "${java[@]}" -Xshare:auto -XX:SharedArchiveFile="$archive" -Xlog:disable -Xlog:all=error:stderr -cp "$class_path" kafka.Kafka "$settings"
