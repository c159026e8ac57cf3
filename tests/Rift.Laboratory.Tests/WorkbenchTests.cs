using System.Text;
using System.Xml.Linq;
using Rift.Learning;
using Rift.Mdp;
using Rift.Models;
using Rift.Testing;

namespace Rift.Laboratory.Tests;

/// <summary>The page without a browser: what follows from the choices, and what is refused.</summary>
public class WorkbenchTests
{
    private static IEnumerable<string> Worlds => ["fourrooms", "windycliff", "frozenlake:4x4", "suttonbarto", "chain", "riverswim", "forest", "garnet:12,3,2,1", "bandit:4", "CE1", "CE2", "CE3", "CE4", "CE5"];

    [Test]
    public void Every_view_of_every_world_is_a_well_formed_picture_that_stands_alone([ValueSource(nameof(Worlds))] string world, [Values] Aspect aspect, [Values] Arrangement arrangement)
    {
        Workbench bench = new();
        bench.Change(state => state with { World = world, Aspect = aspect, Arrangement = arrangement, Sweep = 3 });
        Assert.That(bench.Error, Is.Null);
        foreach ((_, string svg) in bench.Pictures)
        {
            XElement root = XDocument.Parse(svg).Root!;
            Assert.That(root.Name.LocalName, Is.EqualTo("svg"));
            Assert.That(root.Descendants().Select(mark => mark.Attribute("data-cell")).OfType<XAttribute>().Select(cell => int.Parse(cell.Value, System.Globalization.CultureInfo.InvariantCulture)).Distinct().Count(), Is.EqualTo(bench.Board.Places));
            Assert.That(svg, Does.Not.Contain("NaN").And.Not.Contain("href").And.Not.Contain("url("));
        }
    }

    [Test]
    public void The_numbers_are_those_of_fine_tuning_within_the_bounds_of_both()
    {
        Workbench bench = new();
        bench.Change(state => state with { World = "windycliff", Threshold = 0.05, KlWeight = 0.2 });
        Study study = bench.Study;
        Expert expert = Expert.Of(WorldCatalog.Create("windycliff"));
        StateActionTable phi = new QGapStrategy(0.05).Table(expert, null, new SplittableRandom(0));
        FineTuning tuning = FineTuning.Of(expert, Learning.Prior.Softened(expert, 0.03, 0.1), phi, 0.2, 60);
        Assert.That(study.Interventions.Entries.ToArray(), Is.EqualTo(phi.Entries.ToArray()));
        Assert.Multiple(() =>
        {
            Same(study[Subject.Prior], tuning.Prior);
            Same(study[Subject.Rift], tuning.Rift);
            Same(study[Subject.Rlif], tuning.RlifUniform);
            Same(study[Subject.Expert], tuning.Demonstrated);
        });

        static void Same(StudiedPolicy mine, EvaluatedPolicy theirs)
        {
            Agree(mine.Return, theirs.DiscountedReturn);
            Agree(mine.Psi, theirs.Psi);
            Agree(mine.InterventionRate, theirs.InterventionRate);
            Agree(mine.Success!.Value, theirs.FixedHorizon.Success!.Value);
            Agree(mine.AnyStop, theirs.FixedHorizon.Intervention);
        }

        static void Agree(CertifiedNumber mine, CertifiedNumber theirs) => Assert.That(Math.Abs(mine.Value - theirs.Value), Is.LessThanOrEqualTo(mine.ErrorBound + theirs.ErrorBound));
    }

    [Test]
    public void A_slider_costs_what_depends_on_it()
    {
        Recollection memory = new();
        LaboratoryState state = LaboratoryState.Default with { World = "chain" };
        Setting setting = Setting.Of(state);
        Ask(new Study(setting, state, memory));
        int all = memory.Made;
        Ask(new Study(setting, state, memory));
        Assert.That(memory.Made, Is.EqualTo(all));
        Study moved = new(setting, state with { KlWeight = 0.2 }, memory);
        Ask(moved);
        // The tuned policy and what is asked of it; expert, prior, interventions and the others are as they were.
        Assert.That(memory.Made, Is.EqualTo(all + 2));

        static void Ask(Study study)
        {
            foreach (Subject subject in Names.All<Subject>()) _ = study[subject].Return;
        }
    }

    [Test]
    public void What_is_warm_started_agrees_with_what_is_not()
    {
        Workbench bench = new();
        foreach (double temperature in (double[])[1, 0.1, 0.01, 0.5, 0])
        {
            bench.Change(state => state with { World = "frozenlake:4x4", Temperature = temperature });
            SoftSolution cold = new SoftProblem(WorldCatalog.Create("frozenlake:4x4"), temperature).Solve();
            double error = cold.Certificate.HalfWidth + bench.Study[Subject.Soft].ValuesError;
            Assert.That(bench.Study[Subject.Soft].Values, Is.EqualTo(cold.Values.ToArray()).Within(error));
        }
    }

    [Test]
    public void A_draft_is_proved_as_far_as_it_goes_and_the_numbers_refine_it([Values(Subject.Soft, Subject.Rift)] Subject subject)
    {
        Workbench bench = new();
        bench.Change(state => state with { World = "windycliff", Subject = subject });
        bench.Count();
        bench.Change(state => state with { Temperature = 0.02, KlWeight = 0.2 });
        SoftSolution draft = bench.Study[subject].Solution!;
        Assert.That(bench.IsCounted, Is.False);
        bench.Count();
        SoftSolution refined = bench.Study[subject].Solution!;
        Assert.Multiple(() =>
        {
            Assert.That(bench.IsCounted, Is.True);
            Assert.That(draft.Certificate.HalfWidth, Is.GreaterThan(refined.Certificate.HalfWidth).And.AtMost(2e-4));
            Assert.That(refined.Certificate.HalfWidth, Is.AtMost(refined.Certificate.Target));
            Assert.That(draft.Certificate.Contains(refined.Values), Is.True);
        });
    }

    [Test]
    public void The_gradient_is_the_difference_of_visitations_over_the_temperature()
    {
        Workbench bench = new();
        bench.Change(state => state with { World = "chain", Temperature = 0.5, Aspect = Aspect.Gradient });
        StateActionTable pairs = Scenes.Alone(bench.Study, null).Pairs!;
        StateActionTable mine = Visitation.Of(bench.Model, bench.Study[Subject.Soft].Policy).Pairs, theirs = Visitation.Of(bench.Model, bench.Study.Expert.Policy).Pairs;
        for (int pair = 0; pair < pairs.Entries.Length; pair++) Assert.That(pairs[pair], Is.EqualTo((mine[pair] - theirs[pair]) / 0.5).Within(1e-12));
    }

    [TestCase("garnet:100000,4,3", "the world: found states = 100000, expected at most 600 on this page; rift solve takes larger ones")]
    [TestCase("garnet:600,600,600", "the world: found 216000000 transitions, expected at most 40000 on this page; rift solve takes larger ones")]
    [TestCase("chain:601", "the world: found states = 601, expected at most 600 on this page; rift solve takes larger ones")]
    [TestCase("bandit,arms=2000000000", "the world: found arms = 2000000000, expected at most 600 on this page; rift solve takes larger ones")]
    [TestCase("nowhere", "nowhere: found no world \"nowhere\", expected one such as ")]
    [TestCase("gridworld:.../..G", "gridworld:.../..G: Map: found no S on the map, expected at least one start")]
    public void What_is_too_large_or_no_world_is_told_and_nothing_changes(string world, string message)
    {
        Workbench bench = new();
        string before = bench.Link, picture = bench.Pictures[0].Svg;
        bench.Change(state => state with { World = world });
        Assert.Multiple(() =>
        {
            Assert.That(bench.Error, Does.StartWith(message));
            Assert.That(bench.Link, Is.EqualTo(before));
            Assert.That(bench.Pictures[0].Svg, Is.EqualTo(picture));
        });
    }

    [Test]
    public void A_map_without_end_is_refused_by_its_name_alone()
    {
        Workbench bench = new();
        bench.Change(state => state with { World = $"gridworld:S{new string('.', 5000)}" });
        Assert.That(bench.Error, Does.StartWith("the world: found 5011 characters, expected at most 2000"));
    }

    [TestCase("[]", "expected a JSON object")]
    [TestCase("{\"format\": \"rift-model-1\", \"states\": 2000000000, \"actions\": 2, \"discount\": 0.9, \"initial\": [1], \"pairs\": []}", "hostile.json")]
    [TestCase("<script>alert(1)</script>", "hostile.json")]
    public void A_file_that_is_no_model_is_told(string text, string message)
    {
        Workbench bench = new();
        bench.Open("hostile.json", Encoding.UTF8.GetBytes(text), null);
        Assert.That(bench.Error, Does.Contain(message));
        Assert.That(bench.Model.Description.Name, Is.EqualTo("fourrooms"));
    }

    [Test]
    public void Labels_are_text_and_nothing_else()
    {
        MarkovDecisionProcess mdp = WorldCatalog.Create("chain:2");
        mdp = mdp.WithDescription(mdp.Description with { StateLabels = ["<script>", "\"&\u0001"], Name = "<b>" });
        Workbench bench = new();
        bench.Open("labels.json", ModelBytes.Write(mdp), null);
        Assert.That(XDocument.Parse(bench.Pictures[0].Svg).Descendants().Where(mark => mark.Name.LocalName == "text").Select(mark => mark.Value), Does.Contain("<script>").And.Contains("\"&?"));
    }

    [Test]
    public void A_small_model_of_ones_own_goes_into_the_link_and_comes_back()
    {
        MarkovDecisionProcess mdp = WorldCatalog.Create("garnet:7,3,2,5");
        Workbench first = new(), second = new();
        first.Open("mine.json", ModelBytes.Write(mdp), null);
        Assert.That(first.IsLinkable, Is.True);
        second.Follow(first.Link);
        Assert.That(second.Error, Is.Null);
        Assert.That(ModelBytes.Write(second.Model), Is.EqualTo(ModelBytes.Write(first.Model)));
        Assert.That(second.Pictures[0].Svg, Is.EqualTo(first.Pictures[0].Svg));
    }

    [Test]
    public void A_bomb_in_a_link_does_not_go_off()
    {
        using MemoryStream packed = new();
        using (System.IO.Compression.DeflateStream deflate = new(packed, System.IO.Compression.CompressionLevel.SmallestSize)) deflate.Write(new byte[8_000_000]);
        Workbench bench = new();
        bench.Follow($"model={System.Buffers.Text.Base64Url.EncodeToString(packed.ToArray())}");
        Assert.That(bench.Error, Does.StartWith("the model of the link: found more, expected at most 2000000 bytes"));
    }

    [Test]
    public void Every_preset_shows_its_scenario([ValueSource(typeof(Preset), nameof(Preset.All))] Preset preset)
    {
        Workbench bench = new();
        bench.Change(_ => preset.State);
        Assert.That(bench.Error, Is.Null);
        Assert.That(bench.Setting.Preset, Is.SameAs(preset));
        Workbench linked = new();
        linked.Follow(bench.Link);
        Assert.That(linked.Pictures, Is.EqualTo(bench.Pictures));
    }

    [Test]
    public void The_documentation_links_to_every_preset([ValueSource(typeof(Preset), nameof(Preset.All))] Preset preset) =>
        Assert.That(File.ReadAllText(Repository.PathOf("docs", "how-to", "explore.md")), Does.Contain($"`#{StateLink.Write(preset.State)}`"));

    [Test]
    public void A_policy_that_stays_is_asked_about_the_supervisor_that_has_changed()
    {
        Workbench bench = new();
        bench.Change(state => state with { World = "frozenlake:4x4", Temperature = 0.1, Threshold = 0 });
        bench.Count();
        CertifiedNumber strict = bench.Study[Subject.Soft].InterventionRate;
        bench.Change(state => state with { Threshold = 0.2 });
        bench.Count();
        CertifiedNumber lenient = bench.Study[Subject.Soft].InterventionRate;
        double expected = Visitation.Of(bench.Model, bench.Study[Subject.Soft].Policy).Pairs.InnerProduct(bench.Study.Interventions);
        Assert.That(lenient.Value, Is.EqualTo(expected).Within(lenient.ErrorBound));
        Assert.That(lenient.Value, Is.LessThan(strict.Value));
    }

    [Test]
    public void The_numbers_of_a_counterexample_are_on_its_page()
    {
        Workbench bench = new();
        bench.Change(_ => Preset.Find("CE2")!.State);
        bench.Count();
        // Printed: Psi falls from 0.0300 to 0.0179, and success, which is the return there, from 0.511 to 0.304.
        Assert.Multiple(() =>
        {
            Assert.That(bench.Study[Subject.Prior].Psi.Value, Is.EqualTo(0.0300).Within(5e-5));
            Assert.That(bench.Study[Subject.Rift].Psi.Value, Is.EqualTo(0.0179).Within(5e-5));
            Assert.That(bench.Study[Subject.Prior].Return.Value, Is.EqualTo(0.511).Within(5e-4));
            Assert.That(bench.Study[Subject.Rift].Return.Value, Is.EqualTo(0.304).Within(5e-4));
        });
        bench.Change(_ => Preset.Find("CE3")!.State with { KlWeight = 0.1 });
        bench.Count();
        Assert.That(bench.Study[Subject.Rift].Psi.Value, Is.EqualTo(2.51).Within(5e-3));
        bench.Change(_ => Preset.Find("CE1")!.State);
        bench.Count();
        Assert.That(bench.Study[Subject.Rift].Return.Value, Is.EqualTo(0.7291).Within(5e-5));
        bench.Change(_ => Preset.Find("CE4")!.State with { KlWeight = 1 });
        bench.Count();
        Assert.That(bench.Study[Subject.Rift].AnyStop.Value, Is.EqualTo(0.962).Within(5e-4));
    }
}
