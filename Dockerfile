# The sample app, for any role: see compose.yaml and docs/sample.md.
FROM node:20-slim AS build
WORKDIR /sluice
COPY . .
RUN npm ci --no-audit --no-fund && NX_DAEMON=false CI=true npx nx run sample:build && npm prune --omit=dev

FROM node:20-slim
WORKDIR /sluice
COPY --from=build /sluice .
RUN mkdir data && chown node data
USER node
ENV SLUICE_ADDRESS=0.0.0.0
EXPOSE 8080 7078 5053 9984 9985 5000
ENTRYPOINT ["node", "--enable-source-maps", "apps/sample/dist/main.js"]
