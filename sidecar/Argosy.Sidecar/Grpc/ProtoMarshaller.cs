using Google.Protobuf;
using Grpc.Core;

namespace Argosy.Sidecar.Grpc;

/// <summary>Marshals protobuf messages straight to and from the transport's buffers.</summary>
internal static class ProtoMarshaller
{
    public static Marshaller<T> Of<T>() where T : class, IMessage<T>, new()
    {
        var parser = new MessageParser<T>(() => new T());
        return Marshallers.Create(
            (message, output) =>
            {
                output.SetPayloadLength(message.CalculateSize());
                message.WriteTo(output.GetBufferWriter());
                output.Complete();
            },
            input => parser.ParseFrom(input.PayloadAsReadOnlySequence()));
    }
}
