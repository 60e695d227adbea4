# Not built where Parley is developed: there is no Docker engine. test/docker.test.ts checks what can be checked without.

# Everything that is needed to install: Prisma's client is generated and the dashboard built then.
FROM node:22-slim AS build
WORKDIR /parley
COPY package.json package-lock.json .npmrc prisma.config.ts ./
COPY prisma ./prisma
COPY tsconfig.json tsconfig.dashboard.json vite.config.ts ./
COPY src/client ./src/client
COPY src/dashboard ./src/dashboard
RUN npm ci
COPY src ./src
COPY seed ./seed
# What is only for developing goes; the generated client stays in src/store/prisma, the dashboard in dist/dashboard.
RUN npm prune --omit=dev --ignore-scripts

FROM node:22-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
WORKDIR /parley
COPY --from=build --chown=node:node /parley ./
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node itself, not npm: it has to receive SIGTERM to say farewell to followers.
CMD ["node", "--import", "tsx", "src/main.ts"]
