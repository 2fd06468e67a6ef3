// The sidecar under test and the app's own port, given by the runner through the environment.
import { CommunicationProtocolEnum, LogLevel } from '@dapr/dapr';

const required = (name) => process.env[name] ?? (() => { throw new Error(`${name} is not set`); })();

export const httpPort = required('DAPR_HTTP_PORT');
export const grpcPort = required('DAPR_GRPC_PORT');
export const appPort = required('APP_PORT');
export const appId = required('APP_ID');

const logger = { level: LogLevel.Error };

export const http = { daprHost: '127.0.0.1', daprPort: httpPort, communicationProtocol: CommunicationProtocolEnum.HTTP, logger };
export const grpc = { daprHost: '127.0.0.1', daprPort: grpcPort, communicationProtocol: CommunicationProtocolEnum.GRPC, logger };

/** Waits for a condition with a deadline. */
export async function eventually(what, condition, seconds = 20) {
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    const value = await condition();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`waited ${seconds} s: ${what}`);
}
