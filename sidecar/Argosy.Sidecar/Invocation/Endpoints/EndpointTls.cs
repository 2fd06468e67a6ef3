using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Argosy.Sidecar.Invocation.Endpoints;

/// <summary>Turns the PEM texts of an endpoint's <c>clientTLS</c> into what a connection needs.</summary>
internal static class EndpointTls
{
    /// <param name="rootCa">Empty leaves the machine's own authorities trusted.</param>
    /// <param name="certificate">Empty shows none.</param>
    /// <exception cref="CryptographicException">A text is not what it should be; the message says which.</exception>
    public static SslClientAuthenticationOptions Create(string rootCa, string certificate, string privateKey, bool allowsRenegotiation)
    {
        var tls = new SslClientAuthenticationOptions { AllowRenegotiation = allowsRenegotiation };
        if (rootCa.Length > 0)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(ReadChain("rootCA", rootCa));
            tls.CertificateChainPolicy = policy;
        }
        if (certificate.Length > 0 && privateKey.Length > 0)
        {
            var chain = ReadChain("certificate", certificate);
            tls.ClientCertificateContext = SslStreamCertificateContext.Create(ReadWithKey(certificate, privateKey), [.. chain.Skip(1)], offline: true);
        }
        return tls;
    }

    private static X509Certificate2Collection ReadChain(string name, string pem)
    {
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(pem);
        }
        catch (CryptographicException unreadable)
        {
            throw new CryptographicException($"'{name}' holds a certificate that cannot be read", unreadable);
        }
        return chain.Count > 0 ? chain : throw new CryptographicException($"'{name}' holds no certificate in PEM");
    }

    private static X509Certificate2 ReadWithKey(string certificate, string privateKey)
    {
        try
        {
            using var pair = X509Certificate2.CreateFromPem(certificate, privateKey);
            // Not every platform's TLS can use the key of a certificate that was made from PEM.
            return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception unusable) when (unusable is CryptographicException or ArgumentException)
        {
            throw new CryptographicException("'privateKey' is no key in PEM that fits 'certificate'", unusable);
        }
    }
}
