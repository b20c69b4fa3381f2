# One image for every process of Zaakspoor; what it runs is the command that is given. See docs/operating.md.

FROM node:24-slim AS assets
WORKDIR /build
COPY portal/assets portal/assets
COPY portal/templates portal/templates
COPY portal/static/own portal/static/own
RUN sh portal/assets/build.sh

FROM python:3.11-slim-bookworm AS packages
COPY requirements.lock .
RUN python -m venv /opt/zaakspoor \
 && /opt/zaakspoor/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock

FROM python:3.11-slim-bookworm
COPY tools/system-packages.sh /app/tools/
RUN sh /app/tools/system-packages.sh fonts && rm -rf /var/lib/apt/lists/*
# a fixed number: who mounts a folder of the host at /data must be able to give it to this user
RUN useradd --uid 10001 --create-home zaakspoor && install -d -o zaakspoor -g zaakspoor -m 0700 /data
COPY --from=packages /opt/zaakspoor /opt/zaakspoor
COPY engine /app/engine
COPY processes /app/processes
COPY portal /app/portal
COPY bpmn /app/bpmn
COPY LICENSE /app/LICENSE
COPY --from=assets /build/portal/static/built /app/portal/static/built
ENV PATH=/opt/zaakspoor/bin:$PATH PYTHONPATH=/app PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    ZAAKSPOOR_PRODUCTION=on ZAAKSPOOR_DATA=/data ZAAKSPOOR_FILES=/data/files
WORKDIR /app
USER 10001
EXPOSE 8000
ENTRYPOINT ["python", "-m", "portal.commands"]
CMD ["web", "--host", "0.0.0.0"]
