namespace Rift.Experiments.Tests;

public class ResultTableTests
{
    private static ResultTable Table(params ReadOnlySpan<ResultRow> rows) => new(["success", "psi"], rows.ToArray());

    private static ResultRow Row(string policy, int? seed, double success, double? psi = null) => new()
    {
        World = "frozenlake:8x8",
        Prior = "weak, \"very\"",
        Intervention = "low",
        Seed = seed,
        Policy = policy,
        KlWeight = 0.1,
        Round = 2,
        Metrics = [new CertifiedNumber(success, 1e-300), psi is double number ? new CertifiedNumber(number, 0) : null],
    };

    [Test]
    public void A_table_is_read_back_to_the_last_bit()
    {
        ResultTable table = Table(Row("rift", 3, 1.0 / 3, double.PositiveInfinity), Row("prior", null, Math.BitIncrement(0.7)));
        string text = table.ToCsv("heading");
        ResultTable read = ResultTable.FromCsv(text, "heading", table.Metrics)!;
        Assert.That(read.ToCsv("heading"), Is.EqualTo(text));
        Assert.That(read.Rows[0].Prior, Is.EqualTo("weak, \"very\""));
        Assert.That(read.Rows[0].Metrics[0]!.Value.Value, Is.EqualTo(1.0 / 3));
        Assert.That(read.Rows[1].Metrics, Is.EqualTo(new CertifiedNumber?[] { new(Math.BitIncrement(0.7), 1e-300), null }));
    }

    [Test]
    public void A_text_of_another_heading_or_that_is_cut_off_is_not_read()
    {
        ResultTable table = Table(Row("rift", 3, 0.5));
        string text = table.ToCsv("heading");
        Assert.That(ResultTable.FromCsv(text, "another", table.Metrics), Is.Null);
        Assert.That(ResultTable.FromCsv(text, "heading", ["success"]), Is.Null);
        for (int length = 0; length < text.Length; length++) Assert.That(ResultTable.FromCsv(text[..length], "heading", table.Metrics), Is.Null, $"{length}");
    }

    [Test]
    public void Differences_are_taken_seed_by_seed()
    {
        ResultTable table = Table(Row("rift", 0, 0.5), Row("rift", 1, 0.9), Row("prior", 0, 0.25), Row("prior", 1, 0.5), Row("expert", null, 1));
        Sample Of(string policy) => table.Sample("success", row => row.Policy == policy);
        Sample gain = Of("rift") - Of("prior"), shortfall = Of("expert") - Of("rift");
        Assert.That(gain.Values, Is.EqualTo(new[] { 0.25, 0.4 }).Within(1e-15));
        Assert.That(gain.StandardError, Is.EqualTo(0.075).Within(1e-15));
        Assert.That(shortfall.Values, Is.EqualTo(new[] { 0.5, 0.1 }).Within(1e-15));
        Assert.That(shortfall.ErrorBound, Is.EqualTo(2e-300));
        Assert.That(gain.Quantile(0.5), Is.EqualTo(0.325).Within(1e-15));
        Assert.That(Of("expert").IsDrawn, Is.False);
    }

    [Test]
    public void A_condition_that_does_not_tell_rows_apart_is_refused()
    {
        ResultTable table = Table(Row("rift", 0, 0.5), Row("prior", 0, 0.25));
        Assert.That(() => table.Sample("success", _ => true), Throws.ArgumentException);
        Assert.That(() => table.Sample("success", _ => false), Throws.ArgumentException);
        Assert.That(() => table.Sample("psi", row => row.Policy == "rift"), Throws.ArgumentException);
        Assert.That(() => table.Sample("speed", row => row.Policy == "rift"), Throws.ArgumentException);
    }
}
