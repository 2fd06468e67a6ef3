// The building blocks an app calls, through the official client over both transports.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { DaprClient } from '@dapr/dapr';
import { eventually, grpc, http } from './sidecar.mjs';

for (const [transport, options] of [['HTTP', http], ['gRPC', grpc]]) {
  describe(`DaprClient over ${transport}`, () => {
    const client = new DaprClient(options);
    after(() => client.stop());

    for (const store of ['statestore', 'memorystore']) {
      it(`saves, reads and deletes in ${store}`, async () => {
        const key = randomUUID();
        const saved = await client.state.save(store, [{ key, value: { name: 'lamp', price: 1999 } }]);
        assert.equal(saved.error, undefined);
        assert.deepEqual(await client.state.get(store, key), { name: 'lamp', price: 1999 });
        await client.state.delete(store, key);
        assert.ok(!(await client.state.get(store, key)));
      });

      it(`reads several keys of ${store} at once`, async () => {
        const keys = [randomUUID(), randomUUID()];
        await client.state.save(store, keys.map((key, index) => ({ key, value: `v${index}` })));
        const items = await client.state.getBulk(store, [...keys, randomUUID()]);
        const found = Object.fromEntries(items.map((item) => [item.key, item.data]));
        assert.equal(found[keys[0]], 'v0');
        assert.equal(found[keys[1]], 'v1');
      });

      it(`applies a transaction to ${store}`, async () => {
        const [gone, kept] = [randomUUID(), randomUUID()];
        await client.state.save(store, [{ key: gone, value: 'old' }]);
        await client.state.transaction(store, [
          { operation: 'upsert', request: { key: kept, value: 'new' } },
          { operation: 'delete', request: { key: gone } },
        ]);
        assert.equal(await client.state.get(store, kept), 'new');
        assert.ok(!(await client.state.get(store, gone)));
      });

      it(`refuses a stale ETag in ${store}`, async () => {
        const key = randomUUID();
        await client.state.save(store, [{ key, value: 'first' }]);
        const stale = { key, value: 'second', etag: randomUUID(), options: { concurrency: 1, consistency: 2 } };
        // Over HTTP the client returns the refusal, over gRPC it throws it.
        const refused = await client.state.save(store, [stale]).catch((error) => ({ error }));
        assert.ok(refused.error);
        assert.equal(await client.state.get(store, key), 'first');
      });
    }

    it('reads secrets', async () => {
      assert.deepEqual(await client.secret.get('secretstore', 'greeting'), { greeting: 'ahoy' });
      assert.equal((await client.secret.getBulk('secretstore')).greeting.greeting, 'ahoy');
    });

    it('stores and fetches a file through a binding', async () => {
      const fileName = `${randomUUID()}.txt`;
      await client.binding.send('files', 'create', 'cargo list', { fileName });
      const content = await client.binding.send('files', 'get', undefined, { fileName });
      // Over gRPC the client wraps the bytes.
      assert.match(typeof content === 'string' ? content : Buffer.from(content.data).toString(), /cargo list/);
    });

    it('gives a lock to one owner at a time', async () => {
      const resource = randomUUID();
      assert.equal((await client.lock.lock('lockstore', resource, 'ada', 30)).success, true);
      assert.equal((await client.lock.lock('lockstore', resource, 'bob', 30)).success, false);
      assert.equal((await client.lock.unlock('lockstore', resource, 'ada')).status, 0);
      assert.equal((await client.lock.lock('lockstore', resource, 'bob', 30)).success, true);
    });

    it('publishes', async () => {
      assert.equal((await client.pubsub.publish('pubsub', `unheard-${transport}`, { hello: 'sea' })).error, undefined);
      const bulk = await client.pubsub.publishBulk('pubsub', `unheard-${transport}`, [{ hello: 1 }, { hello: 2 }]);
      assert.deepEqual(bulk.failedMessages, []);
    });

    it('reads and sets metadata', async () => {
      assert.equal(await client.metadata.set('crew', 'twelve'), true);
      const metadata = await client.metadata.get();
      assert.ok(metadata.components.some(({ name, type }) => name === 'statestore' && type === 'state.sqlite'));
    });

    it('finds the sidecar healthy', async () => {
      assert.equal(await client.health.isHealthy(), true);
    });
  });
}

describe('DaprClient configuration', () => {
  const client = new DaprClient(grpc);
  after(() => client.stop());

  it('reads values and is told of changes', async () => {
    const { items } = await client.configuration.get('configstore', ['flag']);
    assert.equal(items.flag.value, 'off');

    const seen = [];
    const stream = await client.configuration.subscribeWithKeys('configstore', ['flag'], async (change) => { seen.push(change.items.flag.value); });
    // The client does not say when the stream stands, and a change before that is no change to it: so change until one is seen.
    let changes = 0;
    await eventually('a change arrives', async () => {
      if (changes++ % 20 === 0) await changeFlag(`on ${changes}`);
      return seen.some((value) => value.startsWith('on'));
    });
    stream.stop();
  });
});

/** The runner changes the stored value as an operator would, beside the sidecar. */
async function changeFlag(value) {
  const answer = await fetch(process.env.OPERATOR_URL, { method: 'POST', body: value });
  assert.equal(answer.status, 200);
}
