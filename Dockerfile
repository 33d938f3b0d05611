# Builds the page and the server, and leaves only these behind.
FROM rust:1.95-bookworm AS build
# The Kafka client is C, configured by a script and built by make, and OpenSSL by Perl. With zlib linked in, the image needs no package for it.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends g++ make perl \
 && rm -rf /var/lib/apt/lists/*
ENV LIBZ_SYS_STATIC=1
WORKDIR /src
COPY . .
# The caches stay with the builder from one build to the next, so what is to be kept is copied out of them.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo xtask build --release --features kafka-tls \
 && install -D --strip target/release/comptoir /out/comptoir \
 && cp --recursive target/site /out/site

FROM debian:bookworm-slim
# Whom to trust when Kafka is spoken to over TLS.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 comptoir && install -d -o comptoir /data
COPY --from=build /out/comptoir /usr/local/bin/comptoir
COPY --from=build /out/site /srv/site
USER comptoir
# `serve` on the embedded engine keeps everything in /data: give it a volume (`docker run -v comptoir:/data …`). Web tiers and
# savers keep nothing.
ENV COMPTOIR_LISTEN=0.0.0.0:8080 COMPTOIR_DATA=/data COMPTOIR_SITE=/srv/site COMPTOIR_LOG_FORMAT=json
# The allocator gives back at once what it does not need: a third less memory, at no cost that could be measured.
ENV MIMALLOC_PURGE_DELAY=0
EXPOSE 8080
# The shell can ask by itself: an HTTP client would be one more program to keep up to date.
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s --retries=6 CMD ["bash", "-c", "\
  exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [[ $status == 200 ]]"]
ENTRYPOINT ["comptoir"]
CMD ["serve"]
