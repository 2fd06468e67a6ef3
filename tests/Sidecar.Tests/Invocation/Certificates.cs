using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Argosy.Sidecar.Tests.Invocation;

/// <summary>An authority of a test's own and what it has signed.</summary>
public sealed class Certificates : IDisposable
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow.AddMinutes(-5);
    private static readonly DateTimeOffset End = Start.AddHours(1);

    private readonly X509Certificate2 _authority;
    private long _serial;

    public Certificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        _authority = request.CreateSelfSigned(Start, End);
    }

    public string AuthorityPem => _authority.ExportCertificatePem();

    /// <summary>A certificate for <c>localhost</c> with its key.</summary>
    public X509Certificate2 Sign(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={subject}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(_authority, Start, End, BitConverter.GetBytes(++_serial));
        using var pair = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    public bool HasSigned(X509Certificate2 certificate)
    {
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        return chain.Build(certificate);
    }

    public void Dispose() => _authority.Dispose();
}
