namespace Rift.Mdp.Tests;

public class ModelDescriptionTests
{
    private static readonly MarkovDecisionProcess _mdp = new(new TransitionKernelBuilder(2, 1).Add(0, 0, 1, 1).Add(1, 0, 1, 1).Build(), StateActionTable.Constant(2, 1, 0), [1, 0], 0.5);

    [Test]
    public void A_description_that_fits_goes_with_the_process()
    {
        ModelDescription description = new()
        {
            Name = "lane",
            StateLabels = ["west", "east"],
            ActionLabels = ["go"],
            Grid = new GridGeometry(["SG"], [0, 1]),
            EvaluationHorizon = 5,
            Notes = "none",
        };
        MarkovDecisionProcess mdp = _mdp.WithDescription(description).WithDiscount(0.25);
        Assert.That(mdp.Description, Is.SameAs(description));
        Assert.That((description.Grid.Rows, description.Grid.Columns, description.Notes), Is.EqualTo((1, 2, "none")));
    }

    [Test]
    public void A_description_that_does_not_fit_is_refused()
    {
        using (Assert.EnterMultipleScope())
        {
            Refused(new() { StateLabels = ["west"] }, "found 1 entries, expected 2 (Parameter 'StateLabels')");
            Refused(new() { ActionLabels = ["go", "stay"] }, "found 2 entries, expected 1 (Parameter 'ActionLabels')");
            Refused(new() { Grid = new GridGeometry(["SG"], [0]) }, "found 1 entries, expected 2 (Parameter 'Grid')");
            Refused(new() { EvaluationHorizon = 0 }, "found a number below 1, expected at least 1 (Parameter 'EvaluationHorizon')");
        }

        static void Refused(ModelDescription description, string message) =>
            Assert.That(() => _mdp.WithDescription(description), Throws.InstanceOf<ArgumentException>().With.Message.StartsWith(message));
    }

    [Test]
    public void A_map_has_rows_of_one_length_and_cells_inside()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new GridGeometry(["SF", "FG"], [0, 3, -1]).CellOfState, Is.EqualTo(new[] { 0, 3, -1 }));
            Assert.That(() => new GridGeometry(["SF", "G"], []), Throws.ArgumentException.With.Message.EqualTo("found 1 entries, expected 2 (Parameter 'map')"));
            Assert.That(() => new GridGeometry([], []), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => new GridGeometry([""], []), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => new GridGeometry(["SG"], [2]), Throws.ArgumentException.With.Message.EqualTo("found cell 2, expected -1 to 1 (Parameter 'cellOfState')"));
            Assert.That(() => new GridGeometry(["SG"], [-2]), Throws.ArgumentException.With.Message.EqualTo("found cell -2, expected -1 to 1 (Parameter 'cellOfState')"));
        }
    }
}
