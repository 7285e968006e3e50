# Sourced by ./mvnw (POSIX sh): finds one JDK, 25 or newer, for everything that Maven runs. A toolchain for the
# compiler alone would not do, because Quarkus loads the application's classes into Maven's own JVM when it packages.
# Order: JAVA_HOME as the user set it, the javac on the PATH, the newest JDK in the usual places.
jdk_wanted=25

# Prints the major version of the JDK at $1, or 0 where there is none.
jdk_major() {
  if [ -x "$1/bin/javac" ] && [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
  else
    echo 0
  fi
}

find_jdk() {
  jdk_javac=$(command -v javac 2>/dev/null || :)
  if [ -n "$jdk_javac" ]; then
    jdk_javac=$(readlink -f "$jdk_javac" 2>/dev/null || echo "$jdk_javac")
    if [ "$(jdk_major "${jdk_javac%/bin/javac}")" -ge "$jdk_wanted" ]; then
      JAVA_HOME=${jdk_javac%/bin/javac}
      return
    fi
  fi
  jdk_best=0
  set +f
  for jdk_dir in /usr/lib/jvm/*/ /opt/java/*/ /opt/jdk*/ /usr/local/lib/jvm/*/ "$HOME"/.sdkman/candidates/java/*/ \
      "$HOME"/.jdks/*/ /Library/Java/JavaVirtualMachines/*/Contents/Home/ /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home/; do
    jdk_found=$(jdk_major "${jdk_dir%/}")
    if [ "$jdk_found" -ge "$jdk_wanted" ] && [ "$jdk_found" -gt "$jdk_best" ]; then
      jdk_best=$jdk_found
      JAVA_HOME=${jdk_dir%/}
    fi
  done
  set -f
}

if [ -z "${JAVA_HOME:-}" ]; then
  find_jdk
  if [ -z "${JAVA_HOME:-}" ]; then
    echo "Gatefold needs a JDK $jdk_wanted or newer and found none: install one (https://adoptium.net), or set JAVA_HOME to it." >&2
    exit 1
  fi
  export JAVA_HOME
fi
