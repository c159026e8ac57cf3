using System.Diagnostics;
using System.Globalization;
using System.Text;
using Rift.Mdp;

namespace Rift.Laboratory;

/// <summary>The page without its browser: what is chosen, what follows, what is shown, and what a key or a pointer does.</summary>
/// <remarks>
/// Choices are drawn before they are taken: what cannot be computed is told in <see cref="Error"/>, and everything stays as it was. The numbers follow the picture when they are asked for, by <see cref="Count"/>,
/// so that a slider does not wait for them. Not for several threads.
/// </remarks>
public sealed class Workbench
{
    private readonly Recollection _memory = new();
    private SweepRun? _run;
    private SoftProblem? _runProblem;
    private Sweeper _runSweeper;
    private (LaboratoryState State, Setting Setting, Study Study, Board Board, int? Selected)? _counted;

    /// <summary>A laboratory with the default choices.</summary>
    public Workbench()
    {
        State = LaboratoryState.Default;
        Setting = Setting.Of(State);
        Board = Board.Of(Setting.Mdp);
        Study = new Study(Setting, State, _memory);
        Pictures = Drawn();
    }

    /// <summary>What is chosen.</summary>
    public LaboratoryState State { get; private set; }

    /// <summary>What the page is about.</summary>
    public Setting Setting { get; private set; }

    /// <summary>Where the states are drawn.</summary>
    public Board Board { get; private set; }

    /// <summary>What follows from the choices.</summary>
    public Study Study { get; private set; }

    /// <summary>What was wrong with the last wish; null where nothing was.</summary>
    public string? Error { get; private set; }

    /// <summary>The place that is pointed at; null for none.</summary>
    public int? Selected { get; private set; }

    /// <summary>The pictures of the choices: one, or the four that are compared, each with its name.</summary>
    public IReadOnlyList<(string Name, string Svg)> Pictures { get; private set; }

    /// <summary>What pointing at a place does.</summary>
    public Brush Brush { get; set; }

    /// <summary>The reward that the brush for rewards adds.</summary>
    public double BrushReward { get; set; } = -0.5;

    /// <summary>The scale of colours that the pictures share; null where each has its own.</summary>
    public string? SharedScale { get; private set; }

    /// <summary>The colours of the theme.</summary>
    public Palette Palette { get; private set; } = Palette.Light;

    /// <summary>The time that the last pictures took, in milliseconds.</summary>
    public double Milliseconds { get; private set; }

    /// <summary>The model as it is shown, with the discount and the rewards of the choices.</summary>
    public MarkovDecisionProcess Model => Study.Mdp;

    /// <summary>Draws in other colours.</summary>
    public void Dress(Palette palette)
    {
        Palette = palette;
        Pictures = Drawn();
    }

    /// <summary>Makes other choices.</summary>
    public void Change(Func<LaboratoryState, LaboratoryState> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Try(() => Take(change(State), null));
    }

    /// <summary>Takes the choices of a link. A model in a file is <see cref="Open"/>ed by the caller, who can fetch it.</summary>
    /// <returns>The name of the file that the link asks for; null where it asks for none.</returns>
    public string? Follow(string fragment)
    {
        string? file = null;
        Try(() =>
        {
            LaboratoryState state = StateLink.Read(fragment);
            if (state.File.Length > 0) file = state.File;
            else Take(state, null);
        });
        return file;
    }

    /// <summary>Shows the model of a file.</summary>
    /// <param name="name">The name of the file.</param>
    /// <param name="bytes">What is in it.</param>
    /// <param name="fragment">The link that asked for it; null where a reader chose the file, and the model goes into the link if it is small enough.</param>
    public void Open(string name, byte[] bytes, string? fragment) => Try(() =>
    {
        Setting setting = Setting.OfFile(bytes, name);
        Take(fragment is null
            ? State with { World = "", File = "", Model = PackedModel.Pack(setting.Mdp) ?? "", Rewards = "", Discount = null }
            : StateLink.Read(fragment), setting);
        IsLinkable = fragment is not null || State.Model.Length > 0;
    });

    /// <summary>Whether the numbers of what is shown have been computed, those that are slow aside.</summary>
    public bool IsCounted => _counted is { } counted && ReferenceEquals(counted.Study, Study);

    /// <summary>Computes the numbers of what is shown. What cannot be is told, and the choices are again those whose numbers were computed last.</summary>
    public void Count()
    {
        if (IsCounted) return;
        try
        {
            Study = new Study(Setting, State, _memory);
            if (State.Arrangement != Arrangement.Sweeps) Pictures = Drawn();
            foreach (Subject subject in State.Arrangement switch { Arrangement.Together => Scenes.Compared, Arrangement.Sweeps => [], _ => [State.Subject] })
                foreach (Numbers number in Numbers.All)
                    if (!number.IsSlow) number.Of(Study[subject]);
            _counted = (State, Setting, Study, Board, Selected);
        }
        catch (Exception e) when (Message.IsExpected(e))
        {
            Error = Message.Of(e);
            if (_counted is not { } before) return;
            (State, Setting, Study, Board, Selected) = before;
            Pictures = Drawn();
        }
    }

    /// <summary>Whether a link can bring the model back: false for an opened model that is too large for one.</summary>
    public bool IsLinkable { get; private set; } = true;

    /// <summary>The link of the choices.</summary>
    public string Link => StateLink.Write(State);

    /// <summary>Tells a reader that something went wrong outside.</summary>
    public void Fail(string message) => Error = message;

    /// <summary>Points at a place: looks at it, or paints it.</summary>
    public void Point(int place)
    {
        if (place < 0 || place >= Board.Places) return;
        Select(place);
        if (Brush != Brush.Look) Change(state => MapEdit.Paint(state, Setting, place, Brush, BrushReward));
    }

    /// <summary>Does what a key means on the picture: arrows move, space paints, escape lets go, a letter paints what it stands for.</summary>
    /// <returns>Whether the key means anything.</returns>
    public bool Press(string key)
    {
        int at = Selected ?? Enumerable.Range(0, Board.Places).FirstOrDefault(place => Board.StateOfPlace[place] is int state && Model.Initial[state] > 0);
        switch (key)
        {
            case "ArrowUp": Select(Selected is null ? at : Board.Moved(at, 0, -1)); return true;
            case "ArrowDown": Select(Selected is null ? at : Board.Moved(at, 0, 1)); return true;
            case "ArrowLeft": Select(Selected is null ? at : Board.Moved(at, -1, 0)); return true;
            case "ArrowRight": Select(Selected is null ? at : Board.Moved(at, 1, 0)); return true;
            case "Escape": Select(null); return true;
            case " " or "Enter": Point(at); return true;
        }

        Brush? brush = key switch { "." => Brush.Ground, "#" or "w" => Brush.Wall, "x" or "p" => Brush.Pit, "g" => Brush.Goal, "s" => Brush.Start, "r" => Brush.Reward, _ => null };
        if (brush is not Brush paint || !MapEdit.BrushesFor(State).Contains(paint)) return false;
        Select(at);
        Change(state => MapEdit.Paint(state, Setting, at, paint, BrushReward));
        return true;
    }

    private IReadOnlyList<(string Name, string Svg)> Drawn()
    {
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<Scene> together = State.Arrangement == Arrangement.Together ? Scenes.Together(Study, Selected) : [];
        SharedScale = together.Count == 0 ? null : Picture.ScaleOf(together[0], Palette);
        IReadOnlyList<(string Name, string Svg)> pictures = State.Arrangement switch
        {
            Arrangement.Together => [.. together.Zip(Scenes.Compared, (scene, subject) => (Names.Title(subject), Picture.Of(scene, Board, Palette)))],
            Arrangement.Sweeps => [("Sweeps", Picture.Of(Scenes.Sweep(Run.At(State.Sweep), null, Selected), Board, Palette))],
            _ => [(Names.Title(State.Subject), Picture.Of(Scenes.Alone(Study, Selected), Board, Palette))],
        };
        Milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return pictures;
    }

    /// <summary>The run whose sweeps are shown, as far as the sweep that is chosen.</summary>
    public SweepRun Run
    {
        get
        {
            SoftProblem problem = _memory.Of<SoftProblem>("swept", (Study.Mdp, State.Temperature, State.PriorScale, State.PriorScale == 0 ? null : Study.Prior), _ => Study.SoftProblem);
            if (_run is null || !ReferenceEquals(problem, _runProblem) || _runSweeper != State.Sweeper) (_run, _runProblem, _runSweeper) = (new SweepRun(problem, State.Sweeper), problem, State.Sweeper);
            _run.RunTo(Math.Max(1, State.Sweep));
            return _run;
        }
    }

    /// <summary>The picture of the closing bracket.</summary>
    public string Chart() => BracketChart.Of(Run, State.Sweep, Palette);

    /// <summary>What is to be said of the place that is pointed at, in a sentence; empty where none is.</summary>
    public string Description()
    {
        if (Selected is not int place || place >= Board.Places) return "";
        StringBuilder text = new();
        if (Board.StateOfPlace[place] is not int state)
        {
            text.Append(Board.Character(place) switch { '#' => "Wall", 'X' => "Pit", 'G' => "Goal", char other => $"{other}" });
            return text.Append(CultureInfo.InvariantCulture, $", row {(place / Board.Columns) + 1}, column {(place % Board.Columns) + 1}.").ToString();
        }

        text.Append(CultureInfo.InvariantCulture, $"State {state}");
        if (Model.Description.StateLabels is { } labels) text.Append(CultureInfo.InvariantCulture, $", {Shortened(labels[state])}");
        if (Ends.IsOver(Model, state)) return text.Append(": an end.").ToString();
        (Policy policy, double value, double error) = State.Arrangement == Arrangement.Sweeps
            ? (Run.At(State.Sweep).Policy, Run.At(State.Sweep).Values[state], Run.At(State.Sweep).Certificate.HalfWidth)
            : (Study[State.Subject].Policy, Study[State.Subject].Values[state], Study[State.Subject].ValuesError);
        text.Append(CultureInfo.InvariantCulture, $": V {NumberText.Certified(new CertifiedNumber(value, error))}; ");
        text.AppendJoin(", ", Enumerable.Range(0, Model.Actions).Where(a => Model.IsAvailable(state, a) && policy.Probability(state, a) >= 5e-4).Select(a => $"{ActionName(a)} {NumberText.Percent(policy.Probability(state, a))}"));
        text.Append(CultureInfo.InvariantCulture, $"; entropy {NumberText.Brief(policy.Entropy(state))} nats");
        if (State.Arrangement == Arrangement.Sweeps) return text.Append('.').ToString();
        string[] stopped = [.. Enumerable.Range(0, Model.Actions).Where(a => Study.Interventions[state, a] > 0).Select(a => Study.Interventions[state, a] == 1 ? ActionName(a) : $"{ActionName(a)} ({NumberText.Percent(Study.Interventions[state, a])})")];
        text.Append(CultureInfo.InvariantCulture, $"; ρ {NumberText.Brief(Study[State.Subject].Visitation.States.Values[state])}");
        return text.Append(stopped.Length == 0 ? "; nothing stopped." : $"; stopped: {string.Join(", ", stopped)}.").ToString();
    }

    private static string Shortened(string label) => label.Length <= 40 ? label : string.Concat(label.AsSpan(0, 39), "…");

    private void Select(int? place)
    {
        Selected = place;
        Pictures = Drawn();
    }

    private string ActionName(int action) => Model.Description.ActionLabels is { } labels ? Shortened(labels[action]) : FormattableString.Invariant($"action {action}");

    private void Take(LaboratoryState next, Setting? opened)
    {
        bool same = opened is null && next.World == State.World && next.Model == State.Model && next.File == State.File;
        Setting setting = opened ?? (same ? Setting : Setting.Of(next));
        Study study = new(setting, next, _memory, isDraft: true);
        Board board = same ? Board : Board.Of(setting.Mdp);
        (LaboratoryState, Setting, Study, Board, int?) before = (State, Setting, Study, Board, Selected);
        try
        {
            if (Selected >= board.Places || board.Columns != Board.Columns) Selected = null;
            (State, Setting, Study, Board) = (next, setting, study, board);
            Pictures = Drawn();
        }
        catch
        {
            (State, Setting, Study, Board, Selected) = before;
            throw;
        }

        if (!same && opened is null) IsLinkable = true;
        if (!MapEdit.BrushesFor(State).Contains(Brush)) Brush = Brush.Look;
    }

    private void Try(Action change)
    {
        try
        {
            change();
            Error = null;
        }
        catch (Exception e) when (Message.IsExpected(e))
        {
            Error = Message.Of(e);
        }
    }
}
