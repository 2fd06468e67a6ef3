// Workflows written with the official SDK, on the sidecar's engine.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { DaprWorkflowClient, WorkflowRuntime, WorkflowRuntimeStatus } from '@dapr/dapr';
import { grpcPort } from './sidecar.mjs';

const options = { daprHost: '127.0.0.1', daprPort: grpcPort };

const double = async (_, number) => number * 2;

const doubleTwice = async function* doubleTwice(context, number) {
  const once = yield context.callActivity(double, number);
  return yield context.callActivity(double, once);
};

const child = async function* child(context, number) {
  return yield context.callActivity(double, number);
};

const parent = async function* parent(context, numbers) {
  const results = [];
  for (const number of numbers) results.push(yield context.callChildWorkflow(child, number));
  return results;
};

const waitForSignal = async function* waitForSignal(context) {
  return yield context.waitForExternalEvent('signal');
};

const nap = async function* nap(context) {
  yield context.createTimer(1);
  return 'rested';
};

describe('WorkflowRuntime', () => {
  const runtime = new WorkflowRuntime(options);
  const client = new DaprWorkflowClient(options);

  before(async () => {
    runtime.registerWorkflow(doubleTwice).registerWorkflow(parent).registerWorkflow(child).registerWorkflow(waitForSignal).registerWorkflow(nap).registerActivity(double);
    await runtime.start();
  });

  after(async () => {
    await runtime.stop();
    await client.stop();
  });

  const run = async (workflow, input) => {
    const id = await client.scheduleNewWorkflow(workflow, input, randomUUID());
    const state = await client.waitForWorkflowCompletion(id, true, 30);
    assert.equal(state.runtimeStatus, WorkflowRuntimeStatus.COMPLETED);
    return JSON.parse(state.serializedOutput);
  };

  it('runs activities in turn', async () => assert.equal(await run(doubleTwice, 3), 12));

  it('runs child workflows', async () => assert.deepEqual(await run(parent, [1, 2]), [2, 4]));

  it('waits for a timer', async () => assert.equal(await run(nap), 'rested'));

  it('waits for an event', async () => {
    const id = await client.scheduleNewWorkflow(waitForSignal, undefined, randomUUID());
    await client.waitForWorkflowStart(id, false, 30);
    await client.raiseEvent(id, 'signal', 'ahoy');
    const state = await client.waitForWorkflowCompletion(id, true, 30);
    assert.equal(JSON.parse(state.serializedOutput), 'ahoy');
  });

  it('terminates and purges', async () => {
    const id = await client.scheduleNewWorkflow(waitForSignal, undefined, randomUUID());
    await client.waitForWorkflowStart(id, false, 30);
    await client.terminateWorkflow(id, 'enough');
    const state = await client.waitForWorkflowCompletion(id, true, 30);
    assert.equal(state.runtimeStatus, WorkflowRuntimeStatus.TERMINATED);
    assert.equal(await client.purgeWorkflow(id), true);
    assert.equal(await client.getWorkflowState(id, false), undefined);
  });
});
