// An app built with the official server: it is invoked, and gets events.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { DaprClient, DaprPubSubStatusEnum, DaprServer, HttpMethod } from '@dapr/dapr';
import { appId, appPort, eventually, http } from './sidecar.mjs';

describe('DaprServer', () => {
  const received = [];
  const attempts = new Map();
  const dead = [];
  let server;
  let client;

  before(async () => {
    server = new DaprServer({ serverHost: '127.0.0.1', serverPort: appPort, communicationProtocol: http.communicationProtocol, clientOptions: http, logger: http.logger });
    await server.invoker.listen('greet', async ({ body, query }) => ({ said: body, query }), { method: HttpMethod.POST });
    await server.pubsub.subscribe('pubsub', 'news', async (data) => { received.push(data); });
    await server.pubsub.subscribeWithOptions('pubsub', 'shaky', {
      callback: async ({ id }) => {
        attempts.set(id, (attempts.get(id) ?? 0) + 1);
        if (attempts.get(id) < 3) return DaprPubSubStatusEnum.RETRY;
        received.push({ id });
        return DaprPubSubStatusEnum.SUCCESS;
      },
    });
    await server.pubsub.subscribeWithOptions('pubsub', 'unwanted', {
      deadLetterTopic: 'unwanted-dead',
      callback: async () => DaprPubSubStatusEnum.DROP,
    });
    await server.pubsub.subscribe('pubsub', 'unwanted-dead', async (data) => { dead.push(data); });
    await server.start();
    client = new DaprClient(http);
    await eventually('the app is reached through the sidecar', async () => {
      try {
        await client.invoker.invoke(appId, 'greet', HttpMethod.POST, {});
        return true;
      } catch {
        return false;
      }
    });
  });

  after(async () => {
    await client.stop();
    await server.stop();
  });

  it('is invoked with body and query', async () => {
    const answer = await client.invoker.invoke(appId, 'greet?tide=high', HttpMethod.POST, { hello: 'sea' });
    assert.match(answer.query, /tide=high$/);
    assert.match(answer.said, /sea/);
  });

  it('gets what is published', async () => {
    const id = randomUUID();
    await client.pubsub.publish('pubsub', 'news', { id });
    await eventually('the event arrives', () => received.some((event) => event.id === id));
  });

  it('gets a whole bulk', async () => {
    const ids = Array.from({ length: 20 }, () => randomUUID());
    await client.pubsub.publishBulk('pubsub', 'news', ids.map((id) => ({ id })));
    await eventually('all of them arrive', () => ids.every((id) => received.some((event) => event.id === id)));
  });

  it('gets again what it asked to retry', async () => {
    const id = randomUUID();
    await client.pubsub.publish('pubsub', 'shaky', { id });
    await eventually('the third try succeeds', () => received.some((event) => event.id === id), 40);
    assert.equal(attempts.get(id), 3);
  });

  it('finds what it dropped in the dead-letter topic', async () => {
    const id = randomUUID();
    await client.pubsub.publish('pubsub', 'unwanted', { id });
    await eventually('the dead letter arrives', () => dead.some((event) => event.id === id), 40);
  });
});
