import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commons', '0007_photos_described'),
        ('people', '0008_hold_bodies_to_their_kind'),
        ('services', '0002_points_in_each_language'),
        ('voices', '0007_said_when_asked'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='voice',
            name='voice_public_helped',
        ),
        migrations.AlterField(
            model_name='reply',
            name='theme',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='voices.theme'),
        ),
        migrations.AddIndex(
            model_name='moderationdecision',
            index=models.Index(fields=['-decided_at', '-id'], name='check_newest'),
        ),
        migrations.AddIndex(
            model_name='moderationdecision',
            index=models.Index(condition=models.Q(('rule__isnull', False)), fields=['-decided_at', '-id'], name='check_newest_by_rule'),
        ),
        migrations.AddIndex(
            model_name='reply',
            index=models.Index(condition=models.Q(('theme__isnull', False)), fields=['theme'], name='reply_by_theme'),
        ),
        migrations.AddIndex(
            model_name='voice',
            index=models.Index(condition=models.Q(('was_helpful', True)), fields=['publication', 'state', '-answered_at', '-id'], name='voice_public_helped'),
        ),
        migrations.AddIndex(
            model_name='voice',
            index=models.Index(fields=['publication', 'language', '-arrived_at', '-id'], name='voice_public_by_language'),
        ),
        migrations.AddIndex(
            model_name='voice',
            index=models.Index(fields=['publication', 'channel', '-arrived_at', '-id'], name='voice_public_by_channel'),
        ),
        migrations.AddIndex(
            model_name='voice',
            index=models.Index(condition=models.Q(('latitude__isnull', False)), fields=['publication', 'latitude', 'longitude'], name='voice_public_on_map'),
        ),
        migrations.AddIndex(
            model_name='voice',
            index=models.Index(condition=models.Q(('theme__isnull', False)), fields=['theme', 'publication', '-arrived_at', '-id'], name='voice_by_theme'),
        ),
    ]
