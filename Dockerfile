# The image of the GitHub Action: a Java runtime of just the modules needed, PostgreSQL with its contrib modules and
# pgvector, and Drydock. Every stage takes plain Debian packages, so that it builds for each processor Debian knows.
# Lines that need BuildKit alone are avoided: buildah, and a plain Docker engine, build it too.

FROM debian:trixie-slim AS program
# The slim base lacks the directory that the JDK's installation links its manual into.
RUN mkdir -p /usr/share/man/man1 \
 && apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openjdk-25-jdk-headless maven \
 && rm -rf /var/lib/apt/lists/* \
 && ln -s "$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")" /opt/jdk
ENV JAVA_HOME=/opt/jdk
# No archive of the runtime's own classes: the one made at the end holds them too. The certificates that GitHub's API is checked against come with the runtime; Debian only links to them.
RUN jlink \
      --add-modules java.base,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql,java.xml,jdk.unsupported \
      --strip-java-debug-attributes --no-header-files --no-man-pages --compress=zip-0 \
      --output /opt/jre \
 && rm -f /opt/jre/lib/security/cacerts \
 && cp -L /etc/ssl/certs/java/cacerts /opt/jre/lib/security/cacerts
WORKDIR /src
COPY pom.xml ./
COPY src/main src/main
COPY rules rules
# The servers that a checkout bundles (mdep) are not needed: the next stage has one.
RUN mvn -B -q -Dmaven.test.skip=true -Dmdep.skip=true package
# A layer is compressed as a whole, which takes a quarter less of a jar that is not compressed itself.
RUN mkdir /opt/drydock && cd /opt/drydock \
 && /opt/jdk/bin/jar --extract --file /src/target/drydock/drydock.jar \
 && /opt/jdk/bin/jar --create --file /opt/drydock.jar --no-compress --manifest META-INF/MANIFEST.MF .


FROM debian:trixie-slim AS server
# No cluster is made at installation. Old names of time zones (US/Pacific) are a package of their own.
RUN find /usr/lib -name '*.so*' | sort > /tmp/base \
 && apt-get update -qq \
 && mkdir -p /etc/postgresql-common && echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql-17 postgresql-17-pgvector tzdata-legacy \
 && rm -rf /var/lib/apt/lists/*
# The programs that a run starts, psql for whoever looks into a container, all extensions, and the libraries they need
# that the base lacks. The just-in-time compiler is ten times the size of the server and of no use to short statements.
RUN cd /usr/lib/postgresql/17 \
 && rm -rf lib/bitcode lib/llvmjit* lib/pgxs lib/*.a \
 && mkdir -p /rootfs \
 && cp -a --parents /usr/lib/postgresql/17/bin/postgres /usr/lib/postgresql/17/bin/initdb /usr/lib/postgresql/17/bin/psql \
      /usr/lib/postgresql/17/lib /usr/share/postgresql/17 /usr/share/zoneinfo /rootfs \
 && rm -rf /rootfs/usr/share/postgresql/17/man \
 && find bin/postgres bin/initdb bin/psql lib -type f -exec ldd {} + 2>/dev/null \
      | awk '$2 == "=>" && $3 ~ /^\// {print $3}' | sort -u \
      | while read -r library; do printf '%s/%s\n' "$(readlink -f "$(dirname "$library")")" "$(basename "$library")"; done \
      | sort -u | comm -23 - /tmp/base \
      | while read -r library; do mkdir -p "/rootfs$(dirname "$library")" && cp -L "$library" "/rootfs$library"; done


# What the action is trained on, as a pull request.
FROM debian:trixie-slim AS training
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends git \
 && rm -rf /var/lib/apt/lists/*
COPY examples /src/examples
COPY tools/training /src/tools/training
COPY tools/training-checkout /src/tools/training-checkout
RUN /src/tools/training-checkout /training/workspace \
 && cd /training/workspace \
 && printf '{"repository": {"default_branch": "main"}, "pull_request": {"number": 1, "base": {"sha": "%s", "repo": {"full_name": "o/r"}}, "head": {"sha": "%s", "repo": {"full_name": "o/r"}}}}' \
      "$(git rev-parse main)" "$(git rev-parse pending)" > /training/event.json


FROM debian:trixie-slim
LABEL org.opencontainers.image.title="Drydock" \
      org.opencontainers.image.description="Observes what SQL migrations do to a real database, and reports what would hurt in production" \
      org.opencontainers.image.source="https://github.com/drydock-dev/drydock" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=server /rootfs/ /
COPY --from=program /opt/jre /opt/drydock/jre
COPY --from=program /opt/drydock.jar /opt/drydock/drydock.jar
COPY LICENSE /opt/drydock/LICENSE
# Root keeps its cache in /var/cache/drydock, which is filled below; whoever else runs it may have no home.
ENV DRYDOCK_POSTGRES=/usr/lib/postgresql/17 \
    XDG_CACHE_HOME=/tmp \
    LC_ALL=C.UTF-8
# One run of the action leaves what every later one finds: the cluster that runs are copied from, and the archive of loaded
# classes, which is of use only to a JVM started with the same options as below. What is not used here is not in it, so it
# goes the usual way, up to a GitHub that nobody answers for. It finds something, which is 1.
COPY --from=training /training /tmp/training
RUN ldconfig && status=0 && cd /tmp/training/workspace \
 && { env INPUT_ID=drydock INPUT_BASE=HEAD~1 INPUT_REVIEW=true INPUT_CHECK=true INPUT_SARIF-FILE=drydock.sarif INPUT_JSON-FILE=drydock.json \
        INPUT_TOKEN=none GITHUB_API_URL=https://localhost:9 GITHUB_REPOSITORY=o/r GITHUB_RUN_ID=1 GITHUB_RUN_ATTEMPT=1 \
        GITHUB_EVENT_NAME=pull_request GITHUB_EVENT_PATH=/tmp/training/event.json GITHUB_WORKSPACE="$PWD" \
        GITHUB_OUTPUT=/tmp/training/output GITHUB_STEP_SUMMARY=/tmp/training/summary \
        /opt/drydock/jre/bin/java -XX:AOTCacheOutput=/opt/drydock/drydock.aot -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining \
          -XX:TieredStopAtLevel=1 -XX:C1MaxInlineSize=20 -XX:+UseSerialGC \
          -Xmx320m -Xmn100m -XX:+UseTransparentHugePages \
        --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED \
        -jar /opt/drydock/drydock.jar action || status=$?; } \
 && [ "$status" -eq 1 ] && [ -s /opt/drydock/drydock.aot ] && rm -rf /tmp/training
# As GitHub asks, it starts as root; Drydock starts the database as nobody. No shell stands in between: dash would drop
# environment variables with a dash in their name, which is how inputs arrive.
ENTRYPOINT ["/opt/drydock/jre/bin/java", "-XX:AOTCache=/opt/drydock/drydock.aot", "-Xlog:disable", "-XX:TieredStopAtLevel=1", "-XX:C1MaxInlineSize=20", "-XX:+UseSerialGC", "-Xmx320m", "-Xmn100m", "-XX:+UseTransparentHugePages", "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED", "-jar", "/opt/drydock/drydock.jar"]
CMD ["action"]
