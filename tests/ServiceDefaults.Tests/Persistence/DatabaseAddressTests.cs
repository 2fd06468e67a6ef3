using Argosy.ServiceDefaults.Persistence;
using Npgsql;

namespace Argosy.ServiceDefaults.Tests.Persistence;

public sealed class DatabaseAddressTests
{
    [Fact]
    public void Parse_Sqlite_NamesTheFile()
    {
        var address = DatabaseAddress.Parse("sqlite:data/catalog.db");
        Assert.Equal(DatabaseProvider.Sqlite, address.Provider);
        Assert.Contains("data/catalog.db", address.ConnectionString, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_PostgresWithEverything_KeepsAllParts()
    {
        var address = DatabaseAddress.Parse("postgres://us%40er:p%3Aass@db.example:6543/shop?sslmode=require&Maximum%20Pool%20Size=7");
        var builder = new NpgsqlConnectionStringBuilder(address.ConnectionString);
        Assert.Equal(DatabaseProvider.Postgres, address.Provider);
        Assert.Equal(("us@er", "p:ass", "db.example", 6543, "shop", SslMode.Require, 7), (builder.Username, builder.Password, builder.Host, builder.Port, builder.Database, builder.SslMode, builder.MaxPoolSize));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sqlite:")]
    [InlineData("postgres://host")]
    [InlineData("mysql://user:topsecret@host/db")]
    [InlineData("Server=host;Password=topsecret")]
    public void Parse_SomethingElse_FailsWithoutRepeatingIt(string value)
    {
        var failure = Assert.Throws<FormatException>(() => DatabaseAddress.Parse(value));
        Assert.DoesNotContain("topsecret", failure.Message, StringComparison.Ordinal);
    }
}
