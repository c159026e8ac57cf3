namespace Rift.Experiments.Tests;

public class SpecificationTests
{
    private static IEnumerable<string> BuiltIn => SmallExperiment.BuiltInNames;

    [TestCaseSource(nameof(BuiltIn))]
    public void What_ships_is_read_and_is_called_as_its_file(string name)
    {
        ExperimentSpecification specification = ExperimentFile.ReadBuiltIn(name);
        Assert.That(specification.Name, Is.EqualTo(name));
        Assert.That(specification.Title, Is.Not.Empty);
        Assert.That(specification.Cells.Select(cell => cell.Hash).Distinct().Count(), Is.EqualTo(specification.Cells.Count));
    }

    [Test]
    public void Every_experiment_that_ships_belongs_to_a_reproduction() =>
        Assert.That(Reproduction.All.SelectMany(reproduction => reproduction.Experiments).Distinct().Order(StringComparer.Ordinal), Is.EqualTo(BuiltIn));

    [Test]
    public void A_cell_is_drawn_as_often_as_it_has_something_random()
    {
        ExperimentSpecification specification = SmallExperiment.Specification;
        // Clean supervisor: one cell of references, three of the cloned prior. Random supervisor: three of each.
        Assert.That(specification.Cells.Count(cell => cell.Prior is null && cell.Seed is null), Is.EqualTo(1));
        Assert.That(specification.Cells.Count(cell => cell.Prior is null && cell.Seed is not null), Is.EqualTo(3));
        Assert.That(specification.Cells.Count(cell => cell.Prior is not null), Is.EqualTo(6));
    }

    [TestCase("\"seeds\": 3", "\"seeds\": 4")]
    [TestCase("qgap:0.036", "qgap:0.037")]
    [TestCase("clone:2,0.1", "clone:2,0.2")]
    [TestCase("[1, 0.1, 0.01]", "[1, 0.1, 0.02]")]
    [TestCase("\"psi\", ", "")]
    [TestCase("\"residual\": \"none\"", "\"residual\": \"interventions\"")]
    public void Whatever_results_depend_on_changes_the_fingerprint(string was, string becomes) =>
        Assert.That(SmallExperiment.Parsed(SmallExperiment.Text.Replace(was, becomes, StringComparison.Ordinal)).Hash, Is.Not.EqualTo(SmallExperiment.Specification.Hash));

    [Test]
    public void The_streams_of_a_cell_are_those_of_its_names_alone()
    {
        ExperimentSpecification one = SmallExperiment.Specification, other = SmallExperiment.BuiltIn("figure-1", 2, "windycliff");
        ExperimentCell Cell(ExperimentSpecification specification, string text) => specification.Cells.First(cell => cell.Prior?.Text == text && cell.Seed == 1);
        Assert.That(Cell(other, "clone:2,0.1").Stream("prior", "clone:2,0.1").NextBits(), Is.EqualTo(Cell(one, "clone:2,0.1").Stream("prior", "clone:2,0.1").NextBits()));
    }

    [TestCase("\"qgap:0.036\"", "\"qgap:x\"", "line 5, worlds.windycliff.interventions.clean: B: found 'x' in 'qgap:x', expected a finite number, 0 or more")]
    [TestCase("\"clone:2,0.1\"", "\"cline:2\"", "line 5, worlds.windycliff.priors.medium: found 'cline:2', expected one of " + PriorSpec.Forms)]
    [TestCase("\"small\"", "\"sm all\"", "line 3, name: found \"sm all\", expected a name of letters, digits and hyphens")]
    [TestCase("\"rlif-least\"", "\"rlif\"", "line 6, references[2]: found \"rlif\", expected one of expert, uniform, rlif-uniform, rlif-maxent, rlif-least, rlif-most")]
    [TestCase("\"seeds\": 3", "\"seeds\": 0", "line 4, seeds: found 0, expected an integer from 1 to 1000000")]
    [TestCase("[1, 0.1, 0.01]", "[1, -0.1]", "line 8, tunings.rift.klWeight: found an array, expected a number of at least 0, or several")]
    [TestCase("\"klWeight\": [1, 0.1, 0.01]", "\"klWeight\": 1, \"search\": \"rate\"", "line 8, tunings.rift.klWeight: found KL weights beside a search for one, expected one of the two")]
    [TestCase("\"learner\": \"online\", ", "", "line 8, tunings.online.episodes: found episodes for an exact solution, expected a learner beside them")]
    [TestCase("\"rounds\": 3", "\"turns\": 3", "line 8, tunings.rounds.turns: found an unknown key, expected one of klWeight, temperature, priorScale, offset, endsEarnOffset, stops, residual, rounds, search, learner, episodes, keepData, or a key that begins with x-")]
    [TestCase("\"rift\": {", "\"prior\": {", "line 8, tunings: found the name prior, expected another one than those of the fixed policies")]
    [TestCase("rift-experiment-1", "rift-model-1", "line 2, format: found \"rift-model-1\", expected \"rift-experiment-1\"")]
    public void What_is_no_specification_is_refused(string was, string becomes, string message) =>
        Assert.That(() => SmallExperiment.Parsed(SmallExperiment.Text.Replace(was, becomes, StringComparison.Ordinal)), Throws.TypeOf<FormatException>().With.Message.EqualTo($"file: {message}"));
}
