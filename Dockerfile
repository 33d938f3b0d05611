# Builds the page and the server, and leaves only these behind.
FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo xtask build --release

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 comptoir && install -d -o comptoir /data
COPY --from=build /src/target/release/comptoir /usr/local/bin/comptoir
COPY --from=build /src/target/site /srv/site
USER comptoir
ENV COMPTOIR_LISTEN=0.0.0.0:8080 COMPTOIR_DATA=/data COMPTOIR_SITE=/srv/site COMPTOIR_LOG_FORMAT=json
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["comptoir"]
CMD ["serve"]
